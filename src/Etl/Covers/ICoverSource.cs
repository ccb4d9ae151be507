using PaletteEtl.Model;

namespace PaletteEtl.Covers;

/// <summary>Where covers come from. Used by many workers at once.</summary>
internal interface ICoverSource
{
    /// <summary>Reads a movie's cover. Its bytes are reserved before the first is read.</summary>
    /// <param name="id">The movie's id, which names the cover.</param>
    /// <param name="previous">How the movie failed before, if it did.</param>
    /// <param name="memory">The reservation that the bytes are taken from.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="CoverException">The cover is missing, must not be read, or cannot be read.</exception>
    ValueTask<FetchResult> FetchAsync(MovieId id, DeadLetter? previous, Reservation memory, CancellationToken cancellationToken);
}
