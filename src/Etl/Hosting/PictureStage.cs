using PaletteEtl.Covers;

namespace PaletteEtl.Hosting;

/// <summary>Opens the picture of an item and extracts its palette; an exception becomes a failure.</summary>
/// <param name="extractor">The extractor.</param>
/// <param name="open">Opens the picture of an item.</param>
/// <param name="cancellationToken">Ends the stage.</param>
internal sealed class PictureStage<T>(
    PaletteExtractor extractor, Func<T, CancellationToken, ValueTask<Stream>> open, CancellationToken cancellationToken)
{
    /// <exception cref="OperationCanceledException">The stage was cancelled.</exception>
    /// <exception cref="OutOfMemoryException">Memory is exhausted, which is no failure of the item.</exception>
    public async Task<CoverPalette<T>> RunAsync(T item)
    {
        string stage = StageNames.Fetch;
        try
        {
            ExtractedPalette extracted = await extractor.ExamineAsync(
                async reservation =>
                {
                    Cover cover = await ReadAsync(item, reservation).ConfigureAwait(false);
                    stage = StageNames.Decode;
                    return cover;
                },
                cancellationToken).ConfigureAwait(false);
            return new CoverPalette<T>(item, extracted, Failure: null);
        }
        catch (Exception error) when (error is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            return new CoverPalette<T>(item, Extracted: null, Failure.Of(stage, error, version: null));
        }
    }

    private async ValueTask<Cover> ReadAsync(T item, Reservation reservation)
    {
        Stream image = await open(item, cancellationToken).ConfigureAwait(false);
        await using (image.ConfigureAwait(false))
        {
            return await extractor.ReadAsync(image, reservation, cancellationToken).ConfigureAwait(false);
        }
    }
}
