using PaletteEtl.Pipeline;

namespace Etl.Tests.Pipeline;

public sealed class DrainTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(27)]
    public async Task RunAsync_Draining_StopsReadingAndSettlesWhatWasRead(int readBefore)
    {
        using var draining = new CancellationTokenSource();
        var source = new CountingSource(items: 1_000)
        {
            Before = movie => CancelAt(movie == readBefore, draining),
        };
        var sink = new RecordingSink();

        RunReport report = await new PipelineBuilder(source, sink).Build()
            .RunAsync(draining.Token).WaitAsync(TestTimeout);

        Assert.Equal(RunEnding.Drained, report.Ending);
        Assert.Equal(readBefore + 1, report.Read); // the movie that was on its way out of the query
        Assert.Equal(report.Read, report.Written);
        Totals.Balance(report, source, sink);
    }

    [Fact]
    public async Task RunAsync_DrainingInTheMiddleOfAPage_ReadsNoFurther()
    {
        using var draining = new CancellationTokenSource();
        var source = new CountingSource(items: 1_000) { GoesOn = true, Before = movie => CancelAt(movie == 27, draining) };

        RunReport report = await new PipelineBuilder(source, new RecordingSink()).Build()
            .RunAsync(draining.Token).WaitAsync(TestTimeout);

        Assert.Equal((RunEnding.Drained, 28, 28), (report.Ending, report.Read, report.Written));
    }

    [Fact]
    public async Task RunAsync_DrainingFromTheStart_ReadsNothing()
    {
        var source = new CountingSource(items: 1_000);
        var sink = new RecordingSink();

        RunReport report = await new PipelineBuilder(source, sink).Build()
            .RunAsync(new CancellationToken(canceled: true)).WaitAsync(TestTimeout);

        Assert.Equal((RunEnding.Drained, 0), (report.Ending, report.Read));
        Assert.Equal(0, sink.Calls);
    }

    [Fact]
    public async Task RunAsync_DrainingWhileTheSinkStandsStill_WritesWhatIsHeldOnceItMoves()
    {
        using var draining = new CancellationTokenSource();
        var source = new CountingSource(items: 1_000);
        using var sink = new GatedSink();
        EtlPipeline pipeline = PipelineBuilder.With(source, sink, fetch: 3, decode: 5, quantize: 7, batchSize: 10);

        Task<RunReport> run = pipeline.RunAsync(draining.Token);
        await Eventually.StaysAt(36, () => source.ItemsRead);
        await draining.CancelAsync();
        sink.Open();
        RunReport report = await run.WaitAsync(TestTimeout);

        Assert.Equal((36, 36), (report.Read, report.Written));
        Totals.Balance(report, source, sink.Inner);
    }

    [Fact]
    public async Task RunAsync_DrainTakesTooLong_DropsWhatIsInFlight()
    {
        using var draining = new CancellationTokenSource();
        var hung = new TaskCompletionSource();
        var builder = new PipelineBuilder(new CountingSource(items: 5), new RecordingSink())
        {
            Options = { DrainTimeout = TimeSpan.FromSeconds(2) },
            Fetch = async (_, aborting) =>
            {
                hung.TrySetResult();
                await Task.Delay(Timeout.Infinite, aborting);
            },
        };

        Task<RunReport> run = builder.Build().RunAsync(draining.Token);
        await hung.Task.WaitAsync(TestTimeout);
        await draining.CancelAsync();
        builder.Clock.Advance(TimeSpan.FromSeconds(1.9));
        await Eventually.StaysAt(false, () => run.IsCompleted);
        builder.Clock.Advance(TimeSpan.FromSeconds(0.2));
        RunReport report = await run.WaitAsync(TestTimeout);

        Assert.Equal((RunEnding.Aborted, report.Read), (report.Ending, report.Abandoned));
    }

    private static void CancelAt(bool now, CancellationTokenSource source)
    {
        if (now)
        {
            source.Cancel();
        }
    }
}
