using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using PaletteEtl.Model;
using PaletteEtl.Pipeline;
using PaletteEtl.Telemetry;

namespace Etl.Tests.Telemetry;

public sealed class EtlMetricsTests : IDisposable
{
    private readonly TestMeterFactory _meters = new();

    [Fact]
    public void StageCompleted_WithAndWithoutFailure_IsRecordedInSecondsByStageAndReason()
    {
        var metrics = new EtlMetrics(_meters);
        using MetricCollector<double> durations = Collect<double>("etl.stage.duration");
        var failure = new Failure("decode", FailureReason.TooManyPixels, "It is too large.", Version: null);

        metrics.StageCompleted("decode", TimeSpan.FromMilliseconds(25), failure: null);
        metrics.StageCompleted("decode", TimeSpan.FromSeconds(2), failure);
        metrics.StageCompleted("fetch", TimeSpan.FromSeconds(3), failure: null);

        IReadOnlyList<CollectedMeasurement<double>> recorded = durations.GetMeasurementSnapshot();
        Assert.Equal("s", durations.Instrument!.Unit);
        Assert.Equal([0.025, 2, 3], recorded.Select(one => one.Value));
        Assert.Equal(["etl.stage=decode", "error.type=too_many_pixels, etl.stage=decode", "etl.stage=fetch"], recorded.Select(Tags));
    }

    [Fact]
    public void StageDuration_Buckets_SuitDurationsFromTenthsOfMillisecondsToHalfAMinute()
    {
        _ = new EtlMetrics(_meters);
        using MetricCollector<double> durations = Collect<double>("etl.stage.duration");

        IReadOnlyList<double> bounds = ((Histogram<double>)durations.Instrument!).Advice!.HistogramBucketBoundaries!;

        Assert.Equal((0.0001, 30), (bounds[0], bounds[^1]));
        Assert.Equal(bounds.Order().Distinct(), bounds);
    }

    [Fact]
    public async Task Gauges_WhileARunLasts_SayWhatEveryStageHoldsAndHowItsWorkersSpendTheirTime()
    {
        using var sink = new GatedSink();
        var builder = new PipelineBuilder(new CountingSource(items: 1_000), sink) { Meters = _meters };
        EtlPipeline pipeline = builder.Build();
        using MetricCollector<int> held = Collect<int>("etl.stage.items.held");
        using MetricCollector<double> time = Collect<double>("etl.stage.worker.time");
        EtlRun monitor = pipeline.CreateRun();

        Task run = pipeline.RunAsync(monitor, default, default);
        await Eventually.Holds(() =>
        {
            monitor.Refresh();
            return monitor.Stages.All(stage => stage.Report().Held == stage.Capacity)
                && monitor.Stages.Take(3).Select(stage => stage.Report().Items).SequenceEqual([32L, 28L, 24L]); // all finished
        });
        monitor.Refresh(); // the last item may have finished after the one before
        builder.Clock.Advance(TimeSpan.FromSeconds(10));
        held.RecordObservableInstruments();
        time.RecordObservableInstruments();
        sink.Open();
        await run.WaitAsync(TestTimeout);

        Assert.Equal(("{item}", "s"), (held.Instrument!.Unit, time.Instrument!.Unit));
        Assert.Equal(
            [("etl.stage=fetch", 4), ("etl.stage=decode", 4), ("etl.stage=quantize", 4), ("etl.stage=write", 2)],
            held.GetMeasurementSnapshot().Select(one => (Tags(one), one.Value)));
        Dictionary<string, double> seconds = time.GetMeasurementSnapshot().ToDictionary(Tags, one => one.Value);
        Assert.Equal(12, seconds.Count);
        Assert.Equal(20, seconds["etl.stage=decode, state=blocked"]);
        Assert.Equal(0, seconds["etl.stage=decode, state=starved"]);
        Assert.Equal(10, seconds["etl.stage=write, state=busy"]);
    }

    [Fact]
    public async Task WorkerTime_AfterAnotherRunBegan_GoesOnFromWhereItWas()
    {
        var gate = new Gate();
        var builder = new PipelineBuilder(Movies.Missing(1))
        {
            Meters = _meters,
            Decode = Scripts.WaitAt(gate),
        };
        EtlPipeline pipeline = builder.Build();
        using MetricCollector<double> time = Collect<double>("etl.stage.worker.time");

        Task first = pipeline.RunAsync();
        await Eventually.Holds(() => gate.Arrived == 1);
        builder.Clock.Advance(TimeSpan.FromSeconds(10));
        gate.Open();
        await first.WaitAsync(TestTimeout);
        await pipeline.RunAsync().WaitAsync(TestTimeout);
        time.RecordObservableInstruments();

        Assert.Equal(10, time.GetMeasurementSnapshot().Single(one => Tags(one) == "etl.stage=decode, state=busy").Value);
    }

    [Fact]
    public async Task Report_AfterARun_SaysWhatTheMetricsSay()
    {
        var builder = new PipelineBuilder(Movies.Missing(95))
        {
            Meters = _meters,
            Decode = Scripts.FailFor(movie => movie % 10 == 3, () => new CoverException(FailureReason.Corrupt, "It is damaged.")),
        };
        EtlPipeline pipeline = builder.Build();
        using MetricCollector<double> durations = Collect<double>("etl.stage.duration");
        using MetricCollector<double> time = Collect<double>("etl.stage.worker.time");

        RunReport report = await pipeline.RunAsync().WaitAsync(TestTimeout);
        time.RecordObservableInstruments();

        ILookup<string, CollectedMeasurement<double>> byStage = durations.GetMeasurementSnapshot()
            .ToLookup(one => (string)one.Tags[EtlTags.Stage]!);
        Dictionary<string, double> seconds = time.GetMeasurementSnapshot().ToDictionary(Tags, one => one.Value);
        Assert.All(report.Stages, stage =>
        {
            Assert.Equal(stage.Items, byStage[stage.Name].Count());
            Assert.Equal(stage.Failures, byStage[stage.Name].Count(one => one.Tags.ContainsKey(EtlTags.ErrorType)));
            Assert.Equal(stage.Busy.TotalSeconds, seconds[$"etl.stage={stage.Name}, state=busy"]);
            Assert.Equal(stage.Blocked.TotalSeconds, seconds[$"etl.stage={stage.Name}, state=blocked"]);
            Assert.Equal(stage.Starved.TotalSeconds, seconds[$"etl.stage={stage.Name}, state=starved"]);
        });
        Assert.Equal([95, 95, 85, 10], report.Stages.Select(stage => stage.Items));
        Assert.Equal([0, 10, 0, 0], report.Stages.Select(stage => stage.Failures));
    }

    public void Dispose() => _meters.Dispose();

    private MetricCollector<T> Collect<T>(string instrument)
        where T : struct => new(_meters, EtlTelemetry.MeterName, instrument);

    private static string Tags<T>(CollectedMeasurement<T> measurement)
        where T : struct =>
        string.Join(", ", measurement.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}"));
}
