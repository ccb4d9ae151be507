namespace PaletteEtl.Catalogue;

/// <summary>The source of the movies whose palette is missing. The members may block, may be used at the same time, and while an
/// <see cref="IPaletteSink"/> of the same catalogue writes.</summary>
/// <remarks>Each member throws a <see cref="CatalogueException"/> when the catalogue cannot be used, which ends the run.</remarks>
public interface IMovieSource
{
    /// <summary>Streams the movies whose palette is missing, each once, with its dead letter as <see cref="Movie.Previous"/>, in an order
    /// of the source's own. Movies that lack another column follow, with their <see cref="Movie.StoredPalette"/>, and movies whose palette may
    /// be made again, with their <see cref="Movie.Provenance"/>. Movies that other programs add, fill or remove meanwhile may be among them
    /// or not.</summary>
    /// <remarks>A run enumerates on one thread, and no faster than its stages take the movies: between two movies the source must hold no
    /// lock that the sink or another program needs. Each enumeration begins anew.</remarks>
    /// <param name="draining">Ends the stream at the next good place, without an exception.</param>
    IEnumerable<Movie> ReadMissing(CancellationToken draining);

    /// <summary>Counts the movies that <see cref="ReadMissing"/> streams, without holding up other users of the catalogue.</summary>
    /// <param name="cancellationToken">Ends the count; what it has then is of no use.</param>
    long CountMissing(CancellationToken cancellationToken);
}
