namespace PaletteEtl.Covers;

/// <summary>The source of covers. Used concurrently.</summary>
public interface ICoverSource
{
    /// <summary>Reads a movie's cover.</summary>
    /// <remarks>The bytes are reserved before the first is read: a source calls <see cref="Reservation.TakeAsync"/> with the number of
    /// bytes, or with the largest possible number and then <see cref="Reservation.Shrink"/>. A result without a cover leaves nothing
    /// reserved; after an exception the caller gives back what is. The pipeline does not repeat a fetch that failed.</remarks>
    /// <param name="movie">The movie, whose id or <see cref="Movie.Location"/> names the cover. When its <see cref="Movie.KnownVersion"/> is the present version of the
    /// cover, or its id names no cover and that failure stands, the result is <see cref="FetchResult.Unchanged"/>.</param>
    /// <param name="memory">The reservation that the bytes are taken from. The cover takes it over.</param>
    /// <param name="cancellationToken">Ends the call, also while it waits for memory.</param>
    /// <returns>The cover, the caller's to dispose; <see cref="FetchResult.None"/> when there is none, which becomes a dead letter
    /// <c>not_found</c>.</returns>
    /// <exception cref="CoverException">The cover is missing, must not be read, or cannot be read. Becomes a dead letter with the reason
    /// of the exception; any other exception becomes one with the reason <c>internal</c>, a timeout one with <c>timeout</c>.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled. A cover that was read already may be returned
    /// instead.</exception>
    ValueTask<FetchResult> FetchAsync(Movie movie, Reservation memory, CancellationToken cancellationToken);
}
