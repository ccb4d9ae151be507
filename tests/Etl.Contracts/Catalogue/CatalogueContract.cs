using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.Contracts.Catalogue;

/// <summary>The contract of a port of a catalogue.</summary>
/// <param name="catalogue">The catalogue, which the contract disposes.</param>
public abstract class CatalogueContract(CatalogueUnderTest catalogue) : IDisposable
{
    protected static readonly Palette Red = new(new Rgb(200, 0, 0), new Rgb(100, 0, 0));
    protected static readonly Palette Blue = new(new Rgb(0, 0, 200), new Rgb(0, 0, 100));
    protected static readonly CoverVersion Version = new(1_234, new DateTimeOffset(2025, 6, 7, 8, 9, 10, TimeSpan.Zero), "\"tag\"");

    protected CatalogueUnderTest Catalogue => catalogue;

    /// <summary>Adds movies without a palette.</summary>
    protected void AddMissing(params ReadOnlySpan<string> ids)
    {
        foreach (string id in ids)
        {
            catalogue.Add(new MovieId(id), palette: null);
        }
    }

    protected IReadOnlyList<Movie> Missing() => [.. catalogue.Movies.ReadMissing(CancellationToken.None)];

    protected Movie Missing(string id) => Missing().Single(movie => movie.Id == new MovieId(id));

    protected IEnumerable<string?> MissingIds() => Missing().Select(movie => movie.Id.Text);

    /// <summary>Writes a batch with the sink, which it opens and closes.</summary>
    protected Outcome[] Write(params ReadOnlySpan<Item<Palette>> batch)
    {
        var outcomes = new Outcome[batch.Length];
        catalogue.Sink.Open();
        try
        {
            catalogue.Sink.Write(batch, outcomes);
            return outcomes;
        }
        finally
        {
            catalogue.Sink.Close();
        }
    }

    /// <summary>Makes dead letters of movies whose palette is missing, one after the other.</summary>
    protected void FailEach(FailureReason reason, params ReadOnlySpan<string> ids)
    {
        foreach (string id in ids)
        {
            Write(Failed(Missing(id), reason));
        }
    }

    /// <summary>Fills movies with palettes of damaged covers, one after the other.</summary>
    protected void DamageEach(params ReadOnlySpan<string> ids)
    {
        foreach (string id in ids)
        {
            Write(Damaged(Missing(id)));
        }
    }

    protected static Item<Palette> Filled(Movie movie) => new(movie, Red, Version);

    protected static Item<Palette> Damaged(Movie movie) => Filled(movie) with { Damage = "It is damaged." };

    protected static Item<Palette> Failed(Movie movie, FailureReason reason = FailureReason.Corrupt, string message = "It failed.") =>
        new(movie, default, Version, new Failure("decode", reason, message, Version));

    protected static Item<Palette> Skipped(Movie movie) => new(movie, default, Version) { IsSkipped = true };

    public void Dispose()
    {
        catalogue.Dispose();
        GC.SuppressFinalize(this);
    }
}
