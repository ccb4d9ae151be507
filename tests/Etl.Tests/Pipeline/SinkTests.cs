using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using PaletteEtl.Pipeline;
using PaletteEtl.Telemetry;

namespace Etl.Tests.Pipeline;

/// <summary>Tests how a run opens its sink and reports rows that the sink refuses.</summary>
public sealed class SinkTests
{
    [Fact]
    public async Task RunAsync_SinkCannotBeOpened_ReadsNothingAndThrowsItsError()
    {
        var root = new InvalidOperationException("It cannot be opened.");
        var source = new CountingSource(items: 10);
        var sink = new RecordingSink { Opening = () => throw root };
        EtlPipeline pipeline = new PipelineBuilder(source, sink).Build();
        EtlRun run = pipeline.CreateRun();
        run.WantsTotal = true;

        Exception? thrown = await Record.ExceptionAsync(() => pipeline.RunAsync(run, default, default).WaitAsync(TestTimeout));

        Assert.Same(root, thrown);
        Assert.Equal((0, 1), (source.ItemsRead, sink.Closed));
        Assert.Equal(RunEnding.Faulted, run.Report().Ending);
        Assert.Null(run.Total);
    }

    [Fact]
    public async Task RunAsync_SinkTakesItsTimeToOpen_NeitherReadsNorCountsUntilThen()
    {
        using var gate = new ManualResetEventSlim();
        var source = new CountingSource(items: 10);
        var sink = new RecordingSink { Opening = () => gate.Wait(TestTimeout) };
        EtlPipeline pipeline = new PipelineBuilder(source, sink).Build();
        EtlRun run = pipeline.CreateRun();
        run.WantsTotal = true;

        Task<RunReport> running = pipeline.RunAsync(run, default, default);
        long? countedBefore = run.Total;
        int readBefore = source.ItemsRead;
        gate.Set();
        RunReport report = await running.WaitAsync(TestTimeout);

        Assert.Equal((null, 0), (countedBefore, readBefore));
        Assert.Equal((10L, 10), (run.Total, report.Written));
    }

    [Fact]
    public async Task RunAsync_DatabaseRefusesRows_CountsThemAsFailuresOfTheWriter()
    {
        using var catalogue = new TestCatalogue("""
            CREATE TABLE movies (id INTEGER, palette_json TEXT CHECK (id > 2 OR palette_json IS NULL));
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 9) INSERT INTO movies (id) SELECT i FROM n;
            """);
        var builder = new PipelineBuilder(catalogue.Source(), catalogue.Sink());
        using var durations = new MetricCollector<double>(builder.Meters, EtlTelemetry.MeterName, "etl.stage.duration");

        RunReport report = await builder.Build().RunAsync().WaitAsync(TestTimeout);

        Assert.Equal((10, 7, 3), (report.Read, report.Written, report.DeadLetters));
        Assert.Equal([0L, 0L, 0L, 3L], report.Stages.Select(stage => stage.Failures));
        Assert.Single(durations.GetMeasurementSnapshot(), one => one.MatchesTags(
            new KeyValuePair<string, object?>(EtlTags.Stage, "write"), new(EtlTags.ErrorType, "rejected")));
    }
}
