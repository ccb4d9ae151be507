namespace PaletteEtl.Covers;

/// <summary>Decodes covers. Used concurrently.</summary>
internal interface ICoverDecoder
{
    /// <summary>Decodes and samples a movie's cover. Disposes the cover and the reservation, from which it takes the memory that the codec
    /// needs.</summary>
    /// <exception cref="CoverException">The cover cannot be decoded.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled, before or between rows of pixels.</exception>
    ValueTask<DecodedCover> DecodeAsync(Item<Cover> item, Reservation memory, CancellationToken cancellationToken);
}
