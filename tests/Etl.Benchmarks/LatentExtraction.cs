using System.Diagnostics;
using System.Threading.Tasks.Dataflow;
using PaletteEtl.Model;
using PaletteEtl.Palettes;
using PaletteEtl.Pipeline;

namespace Etl.Benchmarks;

/// <summary>An extraction that takes time and nothing else, of some movies at once.</summary>
internal sealed class LatentExtraction(TimeSpan latency, int parallel) : IExtraction
{
    private long _last;
    private int _movies;

    public int? MoviesElsewhere => null;

    /// <summary>Movies extracted.</summary>
    public int Movies => _movies;

    /// <summary>When the last of them was done.</summary>
    public long Last => _last;

    public IPropagatorBlock<Item<Movie>, Item<Palette>> Create(EtlRun run, RunAbort abort) =>
        new TransformBlock<Item<Movie>, Item<Palette>>(
            ExtractAsync,
            new ExecutionDataflowBlockOptions { MaxDegreeOfParallelism = parallel, BoundedCapacity = parallel, EnsureOrdered = false });

    public Task CloseAsync() => Task.CompletedTask;

    private async Task<Item<Palette>> ExtractAsync(Item<Movie> item)
    {
        await Task.Delay(latency);
        Interlocked.Increment(ref _movies);
        Volatile.Write(ref _last, Stopwatch.GetTimestamp());
        return item.With(ZeroCostExtraction.Any) with { Version = ZeroCostExtraction.AnyVersion };
    }
}
