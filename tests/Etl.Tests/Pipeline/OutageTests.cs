using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using PaletteEtl.Model;
using PaletteEtl.Pipeline;
using PaletteEtl.Telemetry;

namespace Etl.Tests.Pipeline;

/// <summary>Outages of all locations of covers. The clock moves by one turn at a time.</summary>
public sealed class OutageTests
{
    private const int Movies = 1_000;

    private readonly CountingSource _source = new(Movies);
    private readonly RecordingSink _sink = new();
    private readonly FakeLogger<EtlPipeline> _log = new();
    private volatile bool _isOut = true;
    private int _tries;

    [Fact]
    public async Task RunAsync_Outage_HoldsMoviesAndReadsNoFurtherThanFetchHolds()
    {
        PipelineBuilder builder = Builder();
        Task<RunReport> run = builder.Build().RunAsync();

        await Eventually.StaysAt(builder.Options.Fetch.BoundedCapacity + 1, () => _source.ItemsRead); // and one at the door
        for (int turn = 0; turn < 20; turn++)
        {
            await TurnAsync(builder);
        }

        int readMeanwhile = _source.ItemsRead;
        _isOut = false;
        RunReport report = await EndAsync(builder, run);

        Assert.Equal(builder.Options.Fetch.BoundedCapacity + 1, readMeanwhile);
        Assert.Equal((RunEnding.Completed, Movies, 0L), (report.Ending, report.Written, report.DeadLetters));
        Totals.Balance(report, _source, _sink);
    }

    [Fact]
    public async Task RunAsync_Outage_TriesOneMovieEachTurn()
    {
        PipelineBuilder builder = Builder();
        Task<RunReport> run = builder.Build().RunAsync();
        await TurnAsync(builder); // by then each worker holds a movie
        int tries = Volatile.Read(ref _tries);
        await Eventually.StaysAt(tries, () => Volatile.Read(ref _tries));

        for (int turn = 1; turn <= 3; turn++)
        {
            builder.Clock.Advance(CoverOutage.Interval);
            await Eventually.StaysAt(tries + turn, () => Volatile.Read(ref _tries));
        }

        _isOut = false;
        await EndAsync(builder, run);
    }

    [Fact]
    public async Task RunAsync_OutageBeginsAndEnds_IsLoggedOnceEach()
    {
        PipelineBuilder builder = Builder();
        Task<RunReport> run = builder.Build().RunAsync();
        await TurnAsync(builder);
        await TurnAsync(builder);
        _isOut = false;
        await EndAsync(builder, run);

        (LogLevel Level, string Message)[] lines =
            [.. _log.Collector.GetSnapshot().Where(static line => line.Message.StartsWith("Covers", StringComparison.Ordinal)).Select(static line => (line.Level, line.Message))];
        Assert.Equal(2, lines.Length);
        Assert.Equal(
            (LogLevel.Warning, "Covers cannot be read: the folder covers does not exist. Reading pauses, and movies in flight wait until a location of covers can be used."),
            lines[0]);
        Assert.Equal(LogLevel.Information, lines[1].Level);
        Assert.Matches("^Covers can be read again, after [3-9] s.$", lines[1].Message);
    }

    [Fact]
    public async Task RunAsync_OutageLastsForTheTimeout_EndsWithoutDeadLetters()
    {
        PipelineBuilder builder = Builder();
        builder.Options.Fetch.OutageTimeout = TimeSpan.FromSeconds(5);
        EtlPipeline pipeline = builder.Build();
        EtlRun created = pipeline.CreateRun();
        Task<RunReport> run = pipeline.RunAsync(created, CancellationToken.None, CancellationToken.None);

        var error = await Assert.ThrowsAsync<CoverOutageException>(() => EndAsync(builder, run));

        Assert.StartsWith("No cover could be read for 0:00:05: the folder covers does not exist. Fix: ", error.Message);
        RunReport report = created.Report();
        Assert.Equal((RunEnding.Faulted, report.Read, 0), (report.Ending, report.Abandoned, _sink.Calls));
    }

    [Fact]
    public async Task RunAsync_EndlessOutage_IsWaitedOut()
    {
        PipelineBuilder builder = Builder();
        builder.Options.Fetch.OutageTimeout = TimeSpan.FromSeconds(1);
        EtlPipeline pipeline = builder.Build();
        EtlRun created = pipeline.CreateRun();
        created.Outage.IsEndless = true;
        Task<RunReport> run = pipeline.RunAsync(created, CancellationToken.None, CancellationToken.None);
        for (int turn = 0; turn < 10; turn++)
        {
            await TurnAsync(builder);
        }

        OutageState? meanwhile = created.Outage.State;
        _isOut = false;
        RunReport report = await EndAsync(builder, run);

        Assert.Equal("the folder covers does not exist", meanwhile?.Cause);
        Assert.InRange(meanwhile!.Since, builder.Clock.Start, builder.Clock.GetUtcNow() - TimeSpan.FromSeconds(9));
        Assert.Null(created.Outage.State);
        Assert.Equal(Movies, report.Written);
    }

    [Fact]
    public async Task RunAsync_DrainingDuringAnOutage_DropsTheMoviesHeldAtOnce()
    {
        using var draining = new CancellationTokenSource();
        PipelineBuilder builder = Builder();
        Task<RunReport> run = builder.Build().RunAsync(draining.Token);
        await TurnAsync(builder);

        await draining.CancelAsync();
        RunReport report = await run.WaitAsync(TestTimeout);

        Assert.Equal((RunEnding.Drained, report.Read, 0L), (report.Ending, report.Abandoned, report.DeadLetters));
        Assert.InRange(report.Read, 1, builder.Options.Fetch.BoundedCapacity + 1);
    }

    /// <summary>A folder that comes back between the look at a cover and the look at the folder.</summary>
    [Fact]
    public async Task RunAsync_OutageEndsWhileACoverIsFetched_FetchesItAgain()
    {
        var missed = new ConcurrentDictionary<long, bool>();
        var builder = new PipelineBuilder(_source, _sink)
        {
            Fetch = (movie, _) => _isOut
                ? ValueTask.FromException(new CoverException(FailureReason.NotFound, "There is no cover.") { Outage = "the folder covers does not exist" })
                : missed.TryAdd(movie, true) && missed.Count == 1
                    ? ValueTask.FromException(new CoverException(FailureReason.NotFound, "There is no cover."))
                    : ValueTask.CompletedTask,
        };
        Task<RunReport> run = builder.Build().RunAsync();
        await Eventually.StaysAt(builder.Options.Fetch.BoundedCapacity + 1, () => _source.ItemsRead);
        _isOut = false;

        RunReport report = await EndAsync(builder, run);

        Assert.Equal((Movies, 0L), (report.Written, report.DeadLetters));
    }

    [Fact]
    public async Task RunAsync_NoTimeout_MakesDeadLetters()
    {
        PipelineBuilder builder = Builder();
        builder.Options.Fetch.OutageTimeout = TimeSpan.Zero;

        RunReport report = await builder.Build().RunAsync().WaitAsync(TestTimeout);

        Assert.Equal((Movies, 0L), (report.DeadLetters, report.Abandoned));
    }

    /// <summary>Covers that a server always fails would otherwise hold all others.</summary>
    [Fact]
    public async Task RunAsync_ServerAnswersForTheMoviesHeld_TheyFailByThemselvesInTheEnd()
    {
        var source = new CountingSource(items: 20);
        var builder = new PipelineBuilder(source, _sink)
        {
            Fetch = Scripts.FailFor(
                static movie => movie < 10,
                static () => new CoverException(FailureReason.Unreachable, "500.") { Outage = "the server keeps failing", IsAnswered = true }),
        };

        RunReport report = await EndAsync(builder, builder.Build().RunAsync());

        Assert.Equal((10L, 10L), (report.Written, report.DeadLetters));
    }

    [Fact]
    public async Task RunAsync_Outage_IsMeasured()
    {
        using var meters = new TestMeterFactory();
        PipelineBuilder builder = Builder(meters);
        using var measured = new MetricCollector<int>(meters, EtlTelemetry.MeterName, "etl.fetch.outage");
        Task<RunReport> run = builder.Build().RunAsync();
        await TurnAsync(builder);
        int during = Observe(measured);
        _isOut = false;
        await EndAsync(builder, run);

        Assert.Equal((1, 0), (during, Observe(measured)));
    }

    private static int Observe(MetricCollector<int> collector)
    {
        collector.RecordObservableInstruments();
        return collector.LastMeasurement!.Value;
    }

    private PipelineBuilder Builder(TestMeterFactory? meters = null) => new(_source, _sink)
    {
        Meters = meters ?? new TestMeterFactory(),
        Log = _log,
        Fetch = (_, _) =>
        {
            Interlocked.Increment(ref _tries);
            return _isOut
                ? ValueTask.FromException(new CoverException(FailureReason.NotFound, "There is no cover.") { Outage = "the folder covers does not exist" })
                : ValueTask.CompletedTask;
        },
    };

    /// <summary>Lets one more movie be tried.</summary>
    private async Task TurnAsync(PipelineBuilder builder)
    {
        int before = Volatile.Read(ref _tries);
        await Eventually.Holds(() =>
        {
            builder.Clock.Advance(CoverOutage.Interval);
            return Volatile.Read(ref _tries) > before;
        });
    }

    private static async Task<RunReport> EndAsync(PipelineBuilder builder, Task<RunReport> run)
    {
        await Eventually.Holds(() =>
        {
            builder.Clock.Advance(CoverOutage.Interval);
            return run.IsCompleted;
        });
        return await run;
    }
}
