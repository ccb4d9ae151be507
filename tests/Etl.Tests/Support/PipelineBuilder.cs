using System.Collections.Concurrent;
using Etl.Contracts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PaletteEtl.Catalogue;
using PaletteEtl.Covers;
using PaletteEtl.Hosting;
using PaletteEtl.Model;
using PaletteEtl.Palettes;
using PaletteEtl.Pipeline;
using PaletteEtl.Telemetry;

namespace Etl.Tests.Support;

/// <summary>A pipeline over fakes. Its clock stands still unless a test moves it.</summary>
internal sealed class PipelineBuilder(IMovieSource source, IPaletteSink sink)
{
    public PipelineBuilder(MemoryCatalogue catalogue)
        : this(catalogue, catalogue)
    {
    }

    public EtlOptions Options { get; } = new()
    {
        Fetch = { DegreeOfParallelism = 2, BoundedCapacity = 4 },
        Decode = { DegreeOfParallelism = 2, BoundedCapacity = 4 },
        Quantize = { DegreeOfParallelism = 2, BoundedCapacity = 4 },
        Write = { BatchSize = 10 },
    };

    public Script Fetch { get; init; } = Scripts.Nothing;

    public Script Decode { get; init; } = Scripts.Nothing;

    /// <summary>The histograms that were decoded.</summary>
    public ConcurrentBag<ColorHistogram> Histograms { get; } = [];

    public Action<int> Quantize { get; init; } = static _ => { };

    public FakeTimeProvider Clock { get; init; } = new();

    /// <summary>A clock that goes, in place of <see cref="Clock"/>.</summary>
    public TimeProvider? Time { get; init; }

    public TestMeterFactory Meters { get; init; } = new();

    public ILogger<EtlPipeline> Log { get; init; } = NullLogger<EtlPipeline>.Instance;

    /// <summary>A pipeline of the given capacities, each stage with one worker.</summary>
    public static EtlPipeline With(IMovieSource source, IPaletteSink sink, int fetch, int decode, int quantize, int batchSize)
    {
        var builder = new PipelineBuilder(source, sink);
        (StageOptions Stage, int Capacity)[] stages =
            [(builder.Options.Fetch, fetch), (builder.Options.Decode, decode), (builder.Options.Quantize, quantize)];
        foreach ((StageOptions stage, int capacity) in stages)
        {
            (stage.DegreeOfParallelism, stage.BoundedCapacity) = (1, capacity);
        }

        builder.Options.Write.BatchSize = batchSize;
        return builder.Build();
    }

    /// <summary>The number of covers fetched at once; null when it is fixed.</summary>
    public ConcurrencyLimit? Limit { get; init; }

    /// <summary>Replaces the three stages; null to keep them.</summary>
    public IExtraction? Extraction { get; init; }

    public EtlPipeline Build()
    {
        var metrics = new EtlMetrics(Meters);
        return new(
            source,
            Extraction ?? new LocalExtraction(
                new ScriptedCovers(Fetch), new ScriptedDecoder(Decode, Histograms), new ScriptedQuantizer(Quantize), Options.CoverColumns, Options.Fetch, Limit, metrics),
            sink,
            Options.Run,
            metrics,
            Time ?? Clock,
            Log);
    }
}
