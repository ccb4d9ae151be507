using System.Runtime.CompilerServices;
using System.Threading.Tasks.Dataflow;
using PaletteEtl.Covers;

namespace Etl.Host.Commands;

/// <summary>Extracts the palettes of many images in parallel and returns them in the order of their sources.</summary>
/// <param name="images">Gives the palette of one image.</param>
/// <param name="options">The degree of parallelism and the bounded capacity.</param>
internal sealed class ImageStream(ImageReader images, DecodeOptions options)
{
    /// <summary>The results; each is returned as soon as it and all before it are complete.</summary>
    /// <param name="sources">The images, of which no more than the bounded capacity are read ahead.</param>
    /// <param name="stopping">Ends everything at once; images in progress are dropped.</param>
    public async IAsyncEnumerable<ImageResult> ReadAsync(
        IAsyncEnumerable<ImageSource> sources, [EnumeratorCancellation] CancellationToken stopping)
    {
        // A finished image holds only its palette. Ordered output therefore cannot deadlock on the memory budgets.
        var read = new TransformBlock<ImageSource, ImageResult>(
            source => images.ReadAsync(source, stopping),
            new ExecutionDataflowBlockOptions
            {
                BoundedCapacity = options.Capacity,
                MaxDegreeOfParallelism = options.Parallelism,
            });
        Task pumping = PumpAsync(sources, read, stopping);
        await foreach (ImageResult image in read.ReceiveAllAsync(stopping))
        {
            stopping.ThrowIfCancellationRequested(); // an image in progress may have been dropped before this one
            yield return image;
        }

        await read.Completion;
        await pumping;
    }

    private static async Task PumpAsync(
        IAsyncEnumerable<ImageSource> sources, TransformBlock<ImageSource, ImageResult> read, CancellationToken stopping)
    {
        try
        {
            await foreach (ImageSource source in sources.WithCancellation(stopping))
            {
                if (!await read.SendAsync(source, stopping))
                {
                    return; // the block has failed
                }
            }
        }
        finally
        {
            read.Complete();
        }
    }
}
