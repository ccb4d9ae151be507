using System.Threading.Tasks.Dataflow;
using PaletteEtl.Covers;
using PaletteEtl.Model;
using PaletteEtl.Palettes;
using PaletteEtl.Telemetry;

namespace PaletteEtl.Pipeline;

/// <summary>Makes palettes in this process: the middle of the graph as three stages.</summary>
internal sealed class LocalExtraction(
    ICoverSource covers, ICoverDecoder decoder, IQuantizer quantizer, FetchOptions options, EtlMetrics metrics) : IExtraction
{
    /// <summary>After so many items a stage lets its thread go to who has waited longest: another stage, a timer, a request.</summary>
    private const int ItemsPerTask = 4;

    private static readonly DataflowLinkOptions Propagate = new() { PropagateCompletion = true };

    public int? MoviesElsewhere => null;

    public IPropagatorBlock<Item<Movie>, Item<Palette>> Create(EtlRun run, RunAbort abort)
    {
        var encoded = new MemoryBudget(options.MemoryBudgetBytes);
        MemoryBudget pixels = run.Pixels;

        // fetch -> decode -> quantize
        var fetch = Transform<Movie, Cover>(run.Fetch, FetchAsync, encoded, abort, static item => item with { Version = item.Value!.Version });
        var decode = Transform<Cover, ColorHistogram>(run.Decode, decoder.DecodeAsync, pixels, abort, static item => item with { Damage = item.Value!.Damage });
        var quantize = Transform<ColorHistogram, Palette>(run.Quantize, QuantizeAsync, pixels, abort);

        fetch.LinkTo(decode, Propagate);
        decode.LinkTo(quantize, Propagate);
        return DataflowBlock.Encapsulate(fetch, quantize);
    }

    /// <summary>Nothing is kept of what has come out.</summary>
    public void Settled(ReadOnlySpan<Item<Palette>> batch)
    {
    }

    public Task CloseAsync() => Task.CompletedTask;

    private async ValueTask<Cover> FetchAsync(Movie movie, Reservation reservation, CancellationToken aborting)
    {
        Cover cover = await covers.FetchAsync(movie, reservation, aborting).ConfigureAwait(false);
        metrics.CoverFetched(cover.Data.Length);
        return cover;
    }

    private ValueTask<Palette> QuantizeAsync(
        ColorHistogram histogram, Reservation reservation, CancellationToken aborting)
    {
        using (histogram)
        {
            return new(quantizer.Quantize(histogram));
        }
    }

    private static TransformBlock<Item<TIn>, Item<TOut>> Transform<TIn, TOut>(
        StageMonitor monitor,
        Func<TIn, Reservation, CancellationToken, ValueTask<TOut>> transform,
        MemoryBudget budget,
        RunAbort abort,
        Func<Item<TOut>, Item<TOut>>? note = null)
    {
        var block = new TransformBlock<Item<TIn>, Item<TOut>>(
            new Stage<TIn, TOut>(transform, budget, monitor, abort, note).RunAsync,
            new ExecutionDataflowBlockOptions
            {
                BoundedCapacity = monitor.Capacity,
                MaxDegreeOfParallelism = monitor.Workers,
                MaxMessagesPerTask = ItemsPerTask,
                EnsureOrdered = false, // one slow item must not hold back the rest; each carries its movie
            });
        monitor.Attach(() => block.InputCount + block.OutputCount);
        return block;
    }
}
