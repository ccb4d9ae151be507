using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using PaletteEtl.Model;
using PaletteEtl.Pipeline;

namespace Etl.Tests.Pipeline;

/// <summary>Tests the log lines of a run.</summary>
public sealed class RunLogTests
{
    private readonly FakeLogger<EtlPipeline> _log = new();

    [Fact]
    public async Task RunAsync_SomeMoviesFail_LogsTheStartEachBatchItsDeadLettersAndTheTotals()
    {
        var builder = new PipelineBuilder(Movies.Missing(12))
        {
            Log = _log,
            Decode = Scripts.FailFor(movie => movie < 2, () => new CoverException(FailureReason.Corrupt, "It is damaged.")),
        };
        foreach (StageOptions stage in (StageOptions[])[builder.Options.Fetch, builder.Options.Decode, builder.Options.Quantize])
        {
            stage.DegreeOfParallelism = 1; // in the order of the catalogue
        }

        builder.Options.Write.BatchSize = 12;
        builder.Options.Query.Database = "some.db";
        builder.Options.Fetch.Locations = ["covers/{id}.jpg"];

        await builder.Build().RunAsync().WaitAsync(TestTimeout);

        Assert.Equal(
            [
                (LogLevel.Information, "Filling in the missing palettes of some.db from covers/{id}.jpg."),
                (LogLevel.Debug, "The movie 0 failed in decode: corrupt. It is damaged."),
                (LogLevel.Debug, "The movie 1 failed in decode: corrupt. It is damaged."),
                (LogLevel.Debug, "A batch was committed: written 10, dead letters 2, superseded 0, skipped 0."),
                (LogLevel.Warning, "Movies of a batch became dead letters: 2 corrupt."),
                (LogLevel.Information, "The run completed: read 12, written 10, dead letters 2, superseded 0, skipped 0, abandoned 0, in 0.0 s."),
            ],
            Logged());
    }

    [Theory]
    [InlineData(13, LogLevel.Debug, LogLevel.Debug, LogLevel.Debug)]
    [InlineData(12, LogLevel.Debug, LogLevel.Debug, LogLevel.Information)]
    [InlineData(0, LogLevel.Information, LogLevel.Warning, LogLevel.Information)]
    public async Task RunAsync_FewMovies_LogsAtDebug(int quietBelow, LogLevel start, LogLevel failures, LogLevel end)
    {
        var builder = new PipelineBuilder(Movies.Missing(12))
        {
            Log = _log,
            Decode = Scripts.FailFor(movie => movie < 2, () => new CoverException(FailureReason.Corrupt, "It is damaged.")),
        };
        builder.Options.Write.BatchSize = 12;
        EtlPipeline pipeline = builder.Build();
        EtlRun run = pipeline.CreateRun();
        run.QuietBelow = quietBelow;

        await pipeline.RunAsync(run, default, default).WaitAsync(TestTimeout);

        Assert.Equal(
            [start, failures, end],
            Logged().Where(static line => !line.Message.StartsWith("The movie", StringComparison.Ordinal)
                && !line.Message.StartsWith("A batch", StringComparison.Ordinal)).Select(static line => line.Level));
    }

    [Fact]
    public async Task RunAsync_SupersededMoviesAreStillMissing_LogsAWarning()
    {
        var sink = new RecordingSink { IsSuperseded = static _ => true, StillMissing = 2 };

        await new PipelineBuilder(new CountingSource(items: 3), sink) { Log = _log }.Build().RunAsync().WaitAsync(TestTimeout);

        Assert.Equal(
            (LogLevel.Warning, "Superseded movies that still lack a palette: 2. Several rows have the id of such a movie now, or its row has "
                + "another id; the next run reads the rows again."),
            Logged().Last());
    }

    [Fact]
    public async Task RunAsync_SinkFails_LogsTheFaultAndTheTotals()
    {
        var sink = new RecordingSink { Before = _ => throw new IOException("The disk is full.") };

        await Assert.ThrowsAsync<IOException>(
            () => new PipelineBuilder(new CountingSource(items: 1), sink) { Log = _log }.Build().RunAsync().WaitAsync(TestTimeout));

        Assert.Equal(
            [
                (LogLevel.Error, "The run failed: The disk is full."),
                (LogLevel.Information, "The run faulted: read 1, written 0, dead letters 0, superseded 0, skipped 0, abandoned 1, in 0.0 s."),
            ],
            Logged().Skip(1));
    }

    private IEnumerable<(LogLevel Level, string Message)> Logged() =>
        _log.Collector.GetSnapshot().Select(record => (record.Level, record.Message));
}
