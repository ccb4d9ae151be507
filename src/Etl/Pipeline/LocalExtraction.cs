using System.Threading.Tasks.Dataflow;
using PaletteEtl.Columns;
using PaletteEtl.Covers;
using PaletteEtl.Palettes;
using PaletteEtl.Telemetry;

namespace PaletteEtl.Pipeline;

/// <summary>Makes palettes in this process: the middle of the graph as three stages.</summary>
/// <param name="covers">The covers.</param>
/// <param name="decoder">Decodes them.</param>
/// <param name="quantizer">Makes palettes.</param>
/// <param name="columns">The columns that are filled in beside the palette.</param>
/// <param name="options">The limits of fetching.</param>
/// <param name="limit">The number of covers to fetch at once; null when it is fixed.</param>
/// <param name="metrics">The instruments.</param>
internal sealed class LocalExtraction(
    ICoverSource covers,
    ICoverDecoder decoder,
    IQuantizer quantizer,
    IReadOnlyList<CoverColumn> columns,
    FetchOptions options,
    ConcurrencyLimit? limit,
    EtlMetrics metrics) : IExtraction
{
    /// <summary>Number of items after which a stage yields its thread to work that waits longer: another stage, a timer, a request.</summary>
    private const int ItemsPerTask = 4;

    /// <summary>The budget of a stage that takes no memory.</summary>
    private static readonly MemoryBudget None = new(0);

    private static readonly DataflowLinkOptions Propagate = new() { PropagateCompletion = true };

    public int? MoviesElsewhere => null;

    public IPropagatorBlock<Item<Movie>, Item<Palette>> Create(EtlRun run, RunAbort abort)
    {
        var encoded = new MemoryBudget(options.MemoryBudgetBytes);

        // fetch -> decode -> quantize
        var fetch = Transform<Movie, Cover>(
            run.Fetch, (item, memory, aborting) => FetchAsync(run.Outage, item, memory, aborting), encoded, abort, limit);
        var decode = Transform<Cover, DecodedCover>(run.Decode, DecodeAsync, run.Pixels, abort);
        var quantize = Transform<DecodedCover, Palette>(run.Quantize, Synchronous<DecodedCover, Palette>(Quantize), None, abort);

        fetch.LinkTo(decode, Propagate);
        decode.LinkTo(quantize, Propagate);
        return DataflowBlock.Encapsulate(fetch, quantize);
    }

    public Task CloseAsync() => Task.CompletedTask;

    private async ValueTask<Item<Cover>> FetchAsync(
        CoverOutage outage, Item<Movie> item, StageReservation memory, CancellationToken aborting)
    {
        FetchResult fetched = await outage.FetchAsync(covers, item.Movie, memory, aborting).ConfigureAwait(false);
        if (fetched.IsUnchanged)
        {
            bool isCurrent = item.Movie is { Provenance: not null, Previous: not { Stands: true } };
            return isCurrent ? item.Current<Cover>(fetched.Version) : item.Skipped<Cover>(fetched.Version);
        }

        Cover cover = fetched.Cover ?? throw new CoverException(FailureReason.NotFound, "There is no cover.");
        metrics.CoverFetched(cover.Data.Length, item.Span);
        UInt128 content = ContentHash.Of(cover.Bytes);
        if (item.Movie.Provenance?.IsOf(content) == true)
        {
            cover.Dispose();
            return item.Current<Cover>(cover.Version);
        }

        return item.With(cover) with { Version = cover.Version, Content = content };
    }

    private async ValueTask<Item<DecodedCover>> DecodeAsync(Item<Cover> item, StageReservation memory, CancellationToken aborting)
    {
        DecodedCover decoded = await decoder.DecodeAsync(item, memory, aborting).ConfigureAwait(false);
        return item.With(decoded) with { Damage = decoded.Damage };
    }

    private Item<Palette> Quantize(Item<DecodedCover> item)
    {
        using DecodedCover cover = item.Value;
        Palette palette = item.Movie.StoredPalette is { } stored ? Palette.Parse(stored) : quantizer.Quantize(cover.Histogram);
        return item.With(palette) with { Columns = CoverColumns.ValuesOf(columns, cover, palette) };
    }

    /// <summary>A stage of CPU work, which takes no memory of a budget and does not wait.</summary>
    private static Func<Item<TIn>, StageReservation, CancellationToken, ValueTask<Item<TOut>>> Synchronous<TIn, TOut>(
        Func<Item<TIn>, Item<TOut>> transform) => (item, _, _) => new(transform(item));

    private static TransformBlock<Item<TIn>, Item<TOut>> Transform<TIn, TOut>(
        StageMonitor monitor,
        Func<Item<TIn>, StageReservation, CancellationToken, ValueTask<Item<TOut>>> transform,
        MemoryBudget budget,
        RunAbort abort,
        ConcurrencyLimit? limit = null)
    {
        var stage = new Stage<TIn, TOut>(transform, budget, monitor, abort);
        var block = new TransformBlock<Item<TIn>, Item<TOut>>(
            limit is null ? stage.RunAsync : Within<TIn, TOut>(limit, stage.RunAsync, abort),
            new ExecutionDataflowBlockOptions
            {
                BoundedCapacity = monitor.Capacity,
                MaxDegreeOfParallelism = limit?.Most ?? monitor.DegreeOfParallelism,
                MaxMessagesPerTask = ItemsPerTask,
                EnsureOrdered = false, // one slow item must not hold back the rest; each carries its movie
            });
        monitor.Attach(
            () => block.InputCount + block.OutputCount + (limit?.Waiting ?? 0), limit is null ? null : () => limit.Value);
        return block;
    }

    /// <summary>A stage whose degree of parallelism is a limit that changes.</summary>
    private static Func<Item<TIn>, Task<Item<TOut>>> Within<TIn, TOut>(
        ConcurrencyLimit limit, Func<Item<TIn>, Task<Item<TOut>>> stage, RunAbort abort) => async item =>
    {
        await limit.EnterAsync(abort.Token).ConfigureAwait(false);
        try
        {
            return await stage(item).ConfigureAwait(false);
        }
        finally
        {
            limit.Exit();
        }
    };
}
