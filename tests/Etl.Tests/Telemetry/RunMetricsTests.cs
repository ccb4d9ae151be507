using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Model;
using PaletteEtl.Palettes;
using PaletteEtl.Pipeline;
using PaletteEtl.Telemetry;

namespace Etl.Tests.Telemetry;

/// <summary>Tests the instruments of a run.</summary>
public sealed class RunMetricsTests : IDisposable
{
    private readonly TestMeterFactory _meters = new();

    public void Dispose() => _meters.Dispose();

    [Fact]
    public async Task WaitDuration_ItemBehindABusyWorker_IsTheTimeItWaited()
    {
        var gate = new Gate();
        var builder = new PipelineBuilder(Movies.Missing(2)) { Meters = _meters, Decode = Scripts.WaitAt(gate) };
        builder.Options.Decode.DegreeOfParallelism = 1;
        using MetricCollector<double> waits = Collect<double>("etl.stage.wait.duration");
        EtlPipeline pipeline = builder.Build();
        EtlRun monitor = pipeline.CreateRun();

        Task run = pipeline.RunAsync(monitor, default, default);
        await Eventually.Holds(() => gate.Arrived == 1 && monitor.Fetch.Report().Items == 2);
        builder.Clock.Advance(TimeSpan.FromSeconds(10));
        gate.Open();
        await run.WaitAsync(TestTimeout);

        Assert.Equal([0, 10], Values(waits, "etl.stage=decode").Order());
        Assert.Equal([0, 0], Values(waits, "etl.stage=fetch"));
        Assert.Equal([0, 0], Values(waits, "etl.stage=quantize"));
        Assert.Equal([0, 0], Values(waits, "etl.stage=write"));
    }

    [Fact]
    public async Task SupersededMissing_AtTheEndOfRuns_IsCountedAndReported()
    {
        var sink = new RecordingSink { IsSuperseded = static movie => movie < 5, StillMissing = 3 };
        using MetricCollector<long> missing = Collect<long>("etl.run.superseded.missing");
        using var aborting = new CancellationTokenSource();
        await aborting.CancelAsync();

        RunReport completed = await new PipelineBuilder(new CountingSource(items: 20), sink) { Meters = _meters }
            .Build().RunAsync().WaitAsync(TestTimeout);
        RunReport aborted = await new PipelineBuilder(new CountingSource(items: 20), sink) { Meters = _meters }
            .Build().RunAsync(default, aborting.Token).WaitAsync(TestTimeout);

        Assert.Equal((5, 3, 0), (completed.Superseded, completed.SupersededMissing, aborted.SupersededMissing));
        Assert.Equal(3, missing.GetMeasurementSnapshot().EvaluateAsCounter());
    }

    [Fact]
    public async Task BatchSize_FullThenInTimeThenAtTheEnd_HasItsTrigger()
    {
        using var held = new ManualResetEventSlim();
        var source = new CountingSource(items: 15)
        {
            Before = number => Assert.True(number != 12 || held.Wait(TestTimeout), "Nobody let the source go on."),
        };
        var sink = new RecordingSink();
        var builder = new PipelineBuilder(source, sink) { Meters = _meters };
        using MetricCollector<int> sizes = Collect<int>("etl.batch.size");
        EtlPipeline pipeline = builder.Build();
        EtlRun monitor = pipeline.CreateRun();

        Task run = pipeline.RunAsync(monitor, default, default);
        await Eventually.Holds(() =>
        {
            monitor.Refresh();
            return monitor.Quantize.Report() is { Items: 12, Held: 0 } && sink.BatchSizes.Count == 1;
        });
        builder.Clock.Advance(builder.Options.Write.FlushInterval);
        await Eventually.Holds(() => sink.BatchSizes.Count == 2);
        held.Set();
        await run.WaitAsync(TestTimeout);

        Assert.Equal(
            [("etl.batch.trigger=full", 10), ("etl.batch.trigger=interval", 2), ("etl.batch.trigger=end", 3)],
            sizes.GetMeasurementSnapshot().Select(one => (Tags(one), one.Value)));
    }

    [Fact]
    public async Task MovieDurationAndCoverSize_SomeFail_AreRecordedOnceAMovie()
    {
        var builder = new PipelineBuilder(Movies.Missing(10))
        {
            Meters = _meters,
            Fetch = Scripts.FailFor(movie => movie == 1, () => new CoverException(FailureReason.NotFound, "There is none.")),
            Decode = Scripts.FailFor(movie => movie > 7, () => new CoverException(FailureReason.Corrupt, "It is damaged.")),
        };
        using MetricCollector<double> durations = Collect<double>("etl.movie.duration");
        using MetricCollector<long> sizes = Collect<long>("etl.cover.size");

        await builder.Build().RunAsync().WaitAsync(TestTimeout);

        Assert.Equal(
            [("", 7), ("error.type=corrupt", 2), ("error.type=not_found", 1)],
            durations.GetMeasurementSnapshot().CountBy(Tags).Select(one => (one.Key, one.Value)).Order());
        Assert.Equal(Enumerable.Repeat((long)ScriptedCovers.CoverBytes, 9), sizes.GetMeasurementSnapshot().Select(one => one.Value));
    }

    [Fact]
    public void CoversDamaged_BatchesWithAndWithout_AreCounted()
    {
        var metrics = new EtlMetrics(_meters);
        using MetricCollector<long> damaged = Collect<long>("etl.covers.damaged");

        metrics.BatchWritten(new BatchResult { Written = 5, DeadLetters = 1, Damaged = 2 }, size: 6, EtlTags.Full);
        metrics.BatchWritten(new BatchResult { Written = 5, DeadLetters = 1 }, size: 6, EtlTags.Full);
        metrics.BatchWritten(new BatchResult { Written = 1, Damaged = 1 }, size: 1, EtlTags.End);

        Assert.Equal([("", 2), ("", 1)], damaged.GetMeasurementSnapshot().Select(one => (Tags(one), one.Value)));
    }

    [Fact]
    public async Task MovieDuration_SinkTakesItsTime_IsFromReadingToCommit()
    {
        using var sink = new GatedSink();
        var builder = new PipelineBuilder(new CountingSource(items: 10), sink) { Meters = _meters };
        using MetricCollector<double> durations = Collect<double>("etl.movie.duration");
        EtlPipeline pipeline = builder.Build();
        EtlRun monitor = pipeline.CreateRun();

        Task run = pipeline.RunAsync(monitor, default, default);
        await Eventually.Holds(() => monitor.Write.Report().InProgress == 1);
        builder.Clock.Advance(TimeSpan.FromSeconds(7));
        sink.Open();
        await run.WaitAsync(TestTimeout);

        Assert.Equal(Enumerable.Repeat(7.0, 10), durations.GetMeasurementSnapshot().Select(one => one.Value));
    }

    [Fact]
    public async Task DecodeMemoryAndPending_WhileCoversAreDecoded_AreWhatIsTakenAndLeft()
    {
        var gate = new Gate();
        var builder = new PipelineBuilder(Movies.Missing(20)) { Meters = _meters, Decode = Scripts.WaitAt(gate) };
        using MetricCollector<long> taken = Collect<long>("etl.decode.memory");
        using MetricCollector<long> limit = Collect<long>("etl.decode.memory.limit");
        using MetricCollector<long> pending = Collect<long>("etl.run.pending");
        EtlPipeline pipeline = builder.Build();
        EtlRun monitor = pipeline.CreateRun();

        Task run = pipeline.RunAsync(monitor, default, default);
        await Eventually.Holds(() => gate.Arrived == 2 && monitor.Total is not null);
        long[] during = [Observe(taken), Observe(limit), Observe(pending)];
        gate.Open();
        await run.WaitAsync(TestTimeout);

        Assert.Equal([2 * ScriptedDecoder.PixelBytes, builder.Options.Decode.MemoryBudgetBytes, 20], during);
        Assert.Equal((0, 0), (Observe(taken), Observe(pending)));
    }

    [Fact]
    public async Task Pending_NobodyObserves_IsNotCounted()
    {
        EtlPipeline pipeline = new PipelineBuilder(Movies.Missing(5)).Build();
        EtlRun monitor = pipeline.CreateRun();

        await pipeline.RunAsync(monitor, default, default).WaitAsync(TestTimeout);

        Assert.Null(monitor.Total);
    }

    [Fact]
    public async Task Movies_Aborted_AreAbandoned()
    {
        var gate = new Gate();
        using var aborting = new CancellationTokenSource();
        var builder = new PipelineBuilder(Movies.Missing(3)) { Meters = _meters, Decode = Scripts.WaitAt(gate) };
        using MetricCollector<long> movies = Collect<long>("etl.run.movies");

        Task<RunReport> run = builder.Build().RunAsync(aborting: aborting.Token);
        await Eventually.Holds(() => gate.Arrived == 2);
        await aborting.CancelAsync();
        RunReport report = await run.WaitAsync(TestTimeout);

        Assert.Equal([("outcome=abandoned", report.Abandoned)], movies.GetMeasurementSnapshot().Select(one => (Tags(one), one.Value)));
        Assert.InRange(report.Abandoned, 1, 3);
    }

    [Fact]
    public async Task WorkerTime_AfterARun_IsWorkersTimesWallClock()
    {
        var gate = new Gate();
        var builder = new PipelineBuilder(Movies.Missing(30)) { Meters = _meters, Fetch = Scripts.WaitAt(gate) };
        using MetricCollector<double> time = Collect<double>("etl.stage.worker.time");
        EtlPipeline pipeline = builder.Build();

        Task<RunReport> run = pipeline.RunAsync();
        await Eventually.Holds(() => gate.Arrived == 2);
        builder.Clock.Advance(TimeSpan.FromSeconds(13));
        gate.Open();
        RunReport report = await run.WaitAsync(TestTimeout);
        time.RecordObservableInstruments();

        ILookup<string, double> seconds = time.GetMeasurementSnapshot().ToLookup(one => (string)one.Tags[EtlTags.Stage]!, one => one.Value);
        Assert.Equal(13, report.Elapsed.TotalSeconds, tolerance: 1e-6);
        Assert.All(report.Stages, stage => Assert.Equal(stage.DegreeOfParallelism * 13.0, seconds[stage.Name].Sum(), tolerance: 1e-6));
    }

    [Fact]
    public async Task Totals_AfterARunWithFailures_AreTheReportsAndTheDatabases()
    {
        using var catalogue = new TestCatalogue();
        catalogue.Execute("WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 94) INSERT INTO movies (id) SELECT i FROM n");
        var builder = new PipelineBuilder(catalogue.Source(), catalogue.Sink())
        {
            Meters = _meters,
            Fetch = Scripts.FailFor(movie => movie % 10 == 1, () => new CoverException(FailureReason.NotFound, "There is none.")),
            Decode = Scripts.FailFor(movie => movie % 10 == 3, () => new CoverException(FailureReason.Corrupt, "It is damaged.")),
            Quantize = movie => { if (movie == 50) { catalogue.Execute("UPDATE movies SET palette_json = 'theirs' WHERE id = '50'"); } },
        };
        using MetricCollector<long> movies = Collect<long>("etl.run.movies");
        using MetricCollector<long> letters = Collect<long>("etl.dead_letters");
        using MetricCollector<double> durations = Collect<double>("etl.stage.duration");
        using MetricCollector<int> sizes = Collect<int>("etl.batch.size");

        RunReport report = await builder.Build().RunAsync().WaitAsync(TestTimeout);

        Dictionary<string, long> outcomes = movies.GetMeasurementSnapshot().GroupBy(Tags).ToDictionary(same => same.Key, same => same.Sum(one => one.Value));
        Assert.Equal((report.Written, report.Superseded), (outcomes["outcome=written"], outcomes["outcome=superseded"]));
        Assert.Equal(catalogue.Scalar("SELECT count(*) FROM movies WHERE palette_json LIKE '[%'"), report.Written);
        Assert.Equal(
            catalogue.Query("SELECT 'error.type=' || reason || ', etl.attempt=first, etl.stage=' || stage, count(*) FROM etl_dead_letters GROUP BY 1 ORDER BY 1")
                .Select(row => ((string)row[0]!, (long)row[1]!)),
            letters.GetMeasurementSnapshot().GroupBy(Tags).Select(same => (same.Key, same.Sum(one => one.Value))).Order());
        Assert.Equal((20, 95), (report.DeadLetters, report.Read));
        Assert.Equal(
            report.Stages.Select(stage => (stage.Name, stage.Items)),
            report.Stages.Select(stage => (stage.Name, (long)durations.GetMeasurementSnapshot().Count(one => (string)one.Tags[EtlTags.Stage]! == stage.Name))));
        Assert.Equal(report.Read, sizes.GetMeasurementSnapshot().Sum(one => one.Value));
    }

    [Fact]
    public void Database_ReadAndWrite_AreTimedByOperation()
    {
        using var catalogue = new TestCatalogue();
        using var durations = new MetricCollector<double>(catalogue.Meters, EtlTelemetry.MeterName, "db.client.operation.duration");
        catalogue.Execute("INSERT INTO movies (id) VALUES ('1')");

        Movie movie = Assert.Single(catalogue.Missing());
        catalogue.Write(new Item<Palette>(movie, Movies.PaletteOf(1)));

        string[] tags = [.. durations.GetMeasurementSnapshot().Select(Tags)];
        Assert.Contains("db.collection.name=movies, db.operation.name=SELECT, db.system.name=sqlite", tags);
        Assert.Equal("db.collection.name=movies, db.operation.name=BATCH UPDATE, db.system.name=sqlite", tags[^1]);
        Assert.Equal("s", durations.Instrument!.Unit);
    }

    [Fact]
    public void Database_Locked_IsAnErrorByItsCode()
    {
        using var catalogue = new TestCatalogue();
        catalogue.Options.Write.BusyTimeout = TimeSpan.Zero;
        catalogue.Execute("INSERT INTO movies (id) VALUES ('1')");
        using var durations = new MetricCollector<double>(catalogue.Meters, EtlTelemetry.MeterName, "db.client.operation.duration");
        Movie movie = Assert.Single(catalogue.Missing());
        SqlitePaletteSink sink = catalogue.Sink();
        sink.Open();
        using SqliteConnection other = catalogue.Connect();
        using SqliteTransaction lasting = other.BeginTransaction(deferred: false);

        Assert.ThrowsAny<Exception>(() => sink.Write([new Item<Palette>(movie, Movies.PaletteOf(1))], new Outcome[1]));
        sink.Close();

        Assert.Equal(
            "db.collection.name=movies, db.operation.name=BATCH UPDATE, db.response.status_code=5, db.system.name=sqlite, error.type=5",
            Tags(durations.GetMeasurementSnapshot()[^1]));
    }

    private MetricCollector<T> Collect<T>(string instrument)
        where T : struct => new(_meters, EtlTelemetry.MeterName, instrument);

    private static long Observe(MetricCollector<long> collector)
    {
        collector.RecordObservableInstruments();
        return collector.LastMeasurement!.Value;
    }

    private static IEnumerable<double> Values(MetricCollector<double> collector, string tags) =>
        collector.GetMeasurementSnapshot().Where(one => Tags(one) == tags).Select(one => one.Value);

    private static string Tags<T>(CollectedMeasurement<T> measurement)
        where T : struct =>
        string.Join(", ", measurement.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}"));
}
