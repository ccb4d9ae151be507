using System.Collections.Concurrent;
using System.Diagnostics;
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
        Assert.Matches(@"^An outage limits this run: no cover could be read \d+ % of the time \(the folder covers does not exist\)\.$", report.Verdict);
    }

    [Fact]
    public async Task RunAsync_OutageAtTheStart_EndsAtOnceUnlessTheOptionsWait()
    {
        PipelineBuilder builder = Builder();
        builder.Options.Fetch.WaitAtStart = false;
        EtlPipeline pipeline = builder.Build();
        EtlRun created = pipeline.CreateRun();

        var error = await Assert.ThrowsAsync<CoverOutageException>(() =>
            pipeline.RunAsync(created, CancellationToken.None, CancellationToken.None).WaitAsync(TestTimeout)); // the clock stands still

        Assert.Equal(
            "No cover can be read: the folder covers does not exist. Fix: correct Etl:Fetch:Locations, or set Etl:Fetch:WaitAtStart to true, "
            + "so that the run waits for up to Etl:Fetch:OutageTimeout (0:10:00).",
            error.Message);
        RunReport report = created.Report();
        Assert.Equal((RunEnding.Faulted, report.Read, 0), (report.Ending, report.Abandoned, _sink.Calls));
        Assert.StartsWith("An outage limits this run: ", report.Verdict, StringComparison.Ordinal);
        Assert.DoesNotContain(_log.Collector.GetSnapshot(), static line => line.Message.StartsWith("Covers", StringComparison.Ordinal));
    }

    /// <summary>A cover that is not there is an answer of its location, and an id for which none is asked is not.</summary>
    [Theory]
    [InlineData(FailureReason.NotFound, true)]
    [InlineData(FailureReason.InvalidId, false)]
    public async Task RunAsync_OutageAfterAnAnswer_IsWaitedOut(FailureReason first, bool isAnswer)
    {
        int begun = 0;
        var builder = new PipelineBuilder(_source, _sink)
        {
            Fetch = (_, _) => Interlocked.Increment(ref begun) == 1 ? ValueTask.FromException(new CoverException(first, "There is no cover."))
                : _isOut ? ValueTask.FromException(new CoverException(FailureReason.NotFound, "There is no cover.") { Outage = "the folder covers does not exist" })
                : ValueTask.CompletedTask,
        };
        builder.Options.Fetch.DegreeOfParallelism = 1;
        Task<RunReport> run = builder.Build().RunAsync();
        await Eventually.Holds(() => Volatile.Read(ref begun) == 2);
        if (!isAnswer)
        {
            await Assert.ThrowsAsync<CoverOutageException>(() => run.WaitAsync(TestTimeout));
            return;
        }

        _isOut = false;
        RunReport report = await EndAsync(builder, run);

        Assert.Equal((RunEnding.Completed, Movies - 1, 1L), (report.Ending, report.Written, report.DeadLetters));
    }

    [Fact]
    public async Task RunAsync_Outage_IsATimeOfWaitingAndOfBlockedWorkers()
    {
        using var meters = new TestMeterFactory();
        using var spans = new SpanRecorder();
        PipelineBuilder builder = Builder(meters);
        using var durations = new MetricCollector<double>(meters, EtlTelemetry.MeterName, "etl.stage.duration");
        using var waits = new MetricCollector<double>(meters, EtlTelemetry.MeterName, "etl.stage.wait.duration");
        EtlPipeline pipeline = builder.Build();
        EtlRun created = pipeline.CreateRun();
        Task<RunReport> run = pipeline.RunAsync(created, CancellationToken.None, CancellationToken.None);
        for (int turn = 0; turn < 5; turn++)
        {
            await TurnAsync(builder, isHeld: () => created.Fetch.Report() is { InProgress: 0, Held: > 0 });
        }

        StageReport during = created.Fetch.Report();
        _isOut = false;
        await Eventually.Holds(() =>
        {
            builder.Clock.Advance(CoverOutage.Interval);
            return created.Outage.State is null;
        });
        await run.WaitAsync(TestTimeout);

        Assert.Equal(TimeSpan.Zero, during.MemoryWait);
        Assert.InRange(during.Blocked, during.Busy + TimeSpan.FromSeconds(1), TimeSpan.MaxValue); // the clock may move while a movie is tried
        double[] fetched = [.. durations.GetMeasurementSnapshot().Where(static stage => Equals(stage.Tags[EtlTags.Stage], StageNames.Fetch)).Select(static stage => stage.Value)];
        Assert.Equal(Movies, fetched.Length);
        Assert.All(fetched, static seconds => Assert.InRange(seconds, 0, 2)); // the clock may move while a movie is tried
        Assert.Contains(waits.GetMeasurementSnapshot(), static wait => Equals(wait.Tags[EtlTags.Stage], StageNames.Fetch) && wait.Value >= 5);
        ILookup<ActivitySpanId, Activity> fetches = spans["etl.fetch"].ToLookup(static fetch => fetch.ParentSpanId);
        Activity[] held = [.. spans["etl.wait"].Where(static wait => Equals(wait.GetTagItem(EtlTags.Stage), StageNames.Fetch))
            .GroupBy(static wait => wait.ParentSpanId).Where(static waits => waits.Count() == 2).Select(static waits => waits.MaxBy(static wait => wait.Duration)!)];
        Assert.InRange(held.Length, 1, builder.Options.Fetch.DegreeOfParallelism);
        Assert.All(held, wait => Assert.Equal(wait.StartTimeUtc + wait.Duration, Assert.Single(fetches[wait.ParentSpanId]).StartTimeUtc));
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
            Options = { Fetch = { WaitAtStart = true } },
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
        Options = { Fetch = { WaitAtStart = true } },
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

    /// <summary>Lets one more movie be tried. The clock moves only while all movies are held, if a test says when that is.</summary>
    private async Task TurnAsync(PipelineBuilder builder, Func<bool>? isHeld = null)
    {
        int before = Volatile.Read(ref _tries);
        await Eventually.Holds(() =>
        {
            if (isHeld is null || isHeld())
            {
                builder.Clock.Advance(CoverOutage.Interval);
            }

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
