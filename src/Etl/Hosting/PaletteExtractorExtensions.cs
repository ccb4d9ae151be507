using System.Runtime.CompilerServices;
using System.Threading.Tasks.Dataflow;

namespace PaletteEtl.Hosting;

/// <summary>Extracts the palettes of many pictures, a bounded number at a time.</summary>
public static class PaletteExtractorExtensions
{
    /// <summary>The palettes of a stream of items. A slow consumer makes the source wait: at most <see cref="StageOptions.BoundedCapacity"/> of
    /// <see cref="EtlOptions.Fetch"/> items are on their way, 32 by default, and at most its
    /// <see cref="StageOptions.DegreeOfParallelism"/> pictures are opened at a time, 8 by default.</summary>
    /// <typeparam name="T">The type of the items, such as a path or an id.</typeparam>
    /// <param name="extractor">The extractor.</param>
    /// <param name="items">The items. An exception of theirs is thrown after the outcomes of the items before it.</param>
    /// <param name="open">Opens the picture of an item, such as a file or a response; the stream is closed after it is read. Called
    /// concurrently.</param>
    /// <param name="ordered">Whether the outcomes keep the order of the items; a slow picture then holds back those after it.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <returns>One outcome for each item. A picture that cannot be opened, read or decoded has a failure and ends nothing.</returns>
    /// <exception cref="OperationCanceledException">The enumeration was cancelled.</exception>
    public static IAsyncEnumerable<CoverPalette<T>> ExtractAsync<T>(
        this PaletteExtractor extractor,
        IAsyncEnumerable<T> items,
        Func<T, CancellationToken, ValueTask<Stream>> open,
        bool ordered = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(extractor);
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(open);
        return EnumerateAsync(extractor, items, open, ordered, cancellationToken);
    }

    /// <summary>A block for a graph of your own, with the bounds of
    /// <see cref="ExtractAsync{T}(PaletteExtractor, IAsyncEnumerable{T}, Func{T, CancellationToken, ValueTask{Stream}}, bool, CancellationToken)"/>.
    /// Send items with <c>SendAsync</c>, which waits while the block is full.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="extractor">The extractor.</param>
    /// <param name="open">Opens the picture of an item; the stream is closed after it is read. Called concurrently.</param>
    /// <param name="ordered">Whether the outcomes keep the order of the items.</param>
    /// <param name="cancellationToken">Cancels the block, which then drops the items that it holds.</param>
    /// <returns>A block that gives one outcome for each item. It faults only when memory is exhausted.</returns>
    public static IPropagatorBlock<T, CoverPalette<T>> CreateBlock<T>(
        this PaletteExtractor extractor,
        Func<T, CancellationToken, ValueTask<Stream>> open,
        bool ordered = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(extractor);
        ArgumentNullException.ThrowIfNull(open);
        return Block(extractor, open, ordered, cancellationToken);
    }

    private static TransformBlock<T, CoverPalette<T>> Block<T>(
        PaletteExtractor extractor, Func<T, CancellationToken, ValueTask<Stream>> open, bool ordered, CancellationToken cancellationToken) => new(
        new PictureStage<T>(extractor, open, cancellationToken).RunAsync,
        new ExecutionDataflowBlockOptions
        {
            BoundedCapacity = extractor.Limits.Fetch.Capacity,
            MaxDegreeOfParallelism = extractor.Limits.Fetch.Parallelism,
            EnsureOrdered = ordered,
            CancellationToken = cancellationToken,
        });

    private static async IAsyncEnumerable<CoverPalette<T>> EnumerateAsync<T>(
        PaletteExtractor extractor,
        IAsyncEnumerable<T> items,
        Func<T, CancellationToken, ValueTask<Stream>> open,
        bool ordered,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        TransformBlock<T, CoverPalette<T>> block = Block(extractor, open, ordered, ended.Token);
        Task reading = FeedAsync(items, block, ended.Token);
        try
        {
            while (await block.OutputAvailableAsync(cancellationToken).ConfigureAwait(false))
            {
                while (block.TryReceive(out CoverPalette<T>? outcome))
                {
                    yield return outcome;
                }
            }

            await reading.ConfigureAwait(false);
            await block.Completion.ConfigureAwait(false);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false); // a consumer may stop before the end
            await Task.WhenAll(reading, block.Completion).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Sends the items to the block; a full block makes the source wait.</summary>
    private static async Task FeedAsync<T>(IAsyncEnumerable<T> items, TransformBlock<T, CoverPalette<T>> block, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (T item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                if (!await block.SendAsync(item, cancellationToken).ConfigureAwait(false))
                {
                    return;
                }
            }
        }
        finally
        {
            block.Complete();
        }
    }
}
