using PaletteEtl.Covers.Files;
using PaletteEtl.Covers.Http;
using PaletteEtl.Model;

namespace PaletteEtl.Covers;

/// <summary>One of the places that may have a movie's cover.</summary>
internal abstract class CoverLocation(LocationTemplate template)
{
    protected LocationTemplate Template => template;

    /// <summary>The place of a movie's cover, for a person to read.</summary>
    public string Describe(Movie movie) => LocationTemplate.Shown(PlaceOf(movie));

    /// <summary>The movie's cover, or null when it is not here.</summary>
    /// <exception cref="CoverException">It is here but cannot be had, or failed before and has not changed.</exception>
    public abstract ValueTask<Cover?> TryFetchAsync(Movie movie, Reservation reservation, CancellationToken cancellationToken);

    protected string PlaceOf(Movie movie) => template.Place(movie.Id.Text!, template.IsUrl ? Uri.EscapeDataString : static id => id);

    public static CoverLocation Of(LocationTemplate template, FetchOptions options, CoverClient client, TimeProvider clock) =>
        template.IsUrl ? new HttpLocation(template, client) : new DirectoryLocation(template, options, clock);
}
