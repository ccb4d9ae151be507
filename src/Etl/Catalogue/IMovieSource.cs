using PaletteEtl.Model;

namespace PaletteEtl.Catalogue;

/// <summary>Where movies come from whose palette is missing.</summary>
internal interface IMovieSource
{
    /// <summary>Streams them once, in an order of the source's own, until there are no more or the token says so.</summary>
    IEnumerable<Movie> ReadMissing(CancellationToken draining);

    /// <summary>Counts them, without holding up other users of the catalogue.</summary>
    long CountMissing(CancellationToken cancellationToken);
}
