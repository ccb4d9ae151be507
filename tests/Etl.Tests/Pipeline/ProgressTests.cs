using System.Collections.Concurrent;
using PaletteEtl.Pipeline;

namespace Etl.Tests.Pipeline;

/// <summary>The progress that a run reports to its caller.</summary>
public sealed class ProgressTests
{
    [Fact]
    public async Task RunAsync_WithProgress_ReportsTwiceASecondAndTheEnd()
    {
        using var sink = new GatedSink();
        var source = new CountingSource(items: 25);
        var builder = new PipelineBuilder(source, sink);
        var progress = new RecordedProgress();

        Task<RunReport> run = builder.Build().RunAsync(progress);
        await Eventually.Holds(() => source.ItemsRead == 25);
        await Eventually.Holds(() =>
        {
            builder.Clock.Advance(TimeSpan.FromMilliseconds(500));
            return progress.Reports.Any(report => report.Total == 25);
        });
        sink.Open();
        RunReport ended = await run.WaitAsync(TestTimeout);

        Assert.Contains(progress.Reports, report => report.Report.Ending == RunEnding.Running);
        RunProgress last = progress.Reports.Last();
        Assert.Equal((ended.Read, ended.Written, RunEnding.Completed, 25), (last.Report.Read, last.Report.Written, last.Report.Ending, last.Total));
    }

    [Fact]
    public async Task RunAsync_ProgressThrows_EndsTheRunFirst()
    {
        var sink = new RecordingSink();
        var builder = new PipelineBuilder(new CountingSource(items: 25), sink);

        var error = await Assert.ThrowsAsync<IOException>(
            () => builder.Build().RunAsync(new BrokenProgress()).WaitAsync(TestTimeout));

        Assert.Equal(("The terminal is gone.", 25), (error.Message, sink.Items.Count));
    }

    private sealed class RecordedProgress : IProgress<RunProgress>
    {
        public ConcurrentQueue<RunProgress> Reports { get; } = [];

        public void Report(RunProgress value) => Reports.Enqueue(value);
    }

    private sealed class BrokenProgress : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => throw new IOException("The terminal is gone.");
    }
}
