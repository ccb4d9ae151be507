using Microsoft.Extensions.Time.Testing;
using PaletteEtl.Pipeline;

namespace Etl.Tests.Pipeline;

public sealed class FlushTests
{
    [Fact]
    public async Task RunAsync_BatchIsNotFull_IsWrittenWhenTheFlushIntervalIsOver()
    {
        using var more = new ManualResetEventSlim();
        var clock = new FakeTimeProvider();
        var source = new CountingSource(items: 3) { Before = movie => WaitAt(movie == 3, more) };
        var sink = new RecordingSink();
        EtlPipeline pipeline = new PipelineBuilder(source, sink) { Clock = clock }.Build();

        EtlRun monitor = pipeline.CreateRun();
        Task run = pipeline.RunAsync(monitor, default, default);
        await Eventually.Holds(() => monitor.Quantize.Report().Items == 3);
        Assert.Equal(0, sink.Calls);
        await Eventually.Holds(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return sink.Items.Count == 3;
        });

        more.Set();
        await run.WaitAsync(TestTimeout);
    }

    [Fact]
    public async Task RunAsync_MoviesTrickleIn_DoNotPutOffTheFlush()
    {
        var next = new SemaphoreSlim(0);
        var clock = new FakeTimeProvider();
        var source = new CountingSource(items: 30) { Before = _ => Assert.True(next.Wait(TestTimeout)) };
        var sink = new RecordingSink();
        var builder = new PipelineBuilder(source, sink) { Clock = clock };
        builder.Options.Write.BatchSize = 100;
        EtlPipeline pipeline = builder.Build();

        EtlRun monitor = pipeline.CreateRun();
        Task run = pipeline.RunAsync(monitor, default, default);
        for (int movie = 1; movie <= 30; movie++)
        {
            next.Release();
            await Eventually.Holds(() => monitor.Quantize.Report().Items == movie);
            clock.Advance(TimeSpan.FromMilliseconds(400)); // 12 s in all
        }

        await Eventually.Holds(() => sink.Calls > 0);
        next.Release();
        await run.WaitAsync(TestTimeout);
        Assert.Equal(30, sink.Palettes.Count);
    }

    [Fact]
    public async Task RunAsync_WriterIsBusyForManyIntervals_OneBatchWaitsAndTheNextGrows()
    {
        var next = new SemaphoreSlim(0);
        var clock = new FakeTimeProvider();
        var source = new CountingSource(items: 8) { Before = _ => Assert.True(next.Wait(TestTimeout)) };
        using var sink = new GatedSink();
        var builder = new PipelineBuilder(source, sink) { Clock = clock };
        builder.Options.Write.BatchSize = 100;
        EtlPipeline pipeline = builder.Build();

        EtlRun monitor = pipeline.CreateRun();
        Task run = pipeline.RunAsync(monitor, default, default);
        for (int movie = 1; movie <= 8; movie++)
        {
            next.Release();
            await Eventually.Holds(() =>
            {
                monitor.Refresh();
                return monitor.Quantize.Report() is { Held: 0 } quantize && quantize.Items == movie;
            });
            clock.Advance(TimeSpan.FromSeconds(1));
            int batches = Math.Min(movie, 2); // one in hand, and one that waits
            await Eventually.Holds(() =>
            {
                monitor.Refresh();
                return monitor.Write.Report().Held == batches;
            });
        }

        next.Release();
        sink.Open();
        await run.WaitAsync(TestTimeout);

        Assert.Equal([1, 1, 6], sink.Inner.BatchSizes);
    }

    [Fact]
    public async Task RunAsync_NothingToFlush_WritesNoEmptyBatch()
    {
        using var more = new ManualResetEventSlim();
        var clock = new FakeTimeProvider();
        var source = new CountingSource(items: 0) { Before = _ => WaitAt(true, more) };
        var sink = new RecordingSink();

        Task run = new PipelineBuilder(source, sink) { Clock = clock }.Build().RunAsync();
        clock.Advance(TimeSpan.FromMinutes(1));
        more.Set();
        await run.WaitAsync(TestTimeout);

        Assert.Equal(0, sink.Calls);
    }

    [Fact]
    public async Task RunAsync_QueryEnds_WritesThePartialBatchWithoutTheTimer()
    {
        var sink = new RecordingSink();
        EtlPipeline pipeline = new PipelineBuilder(new CountingSource(items: 13), sink).Build();

        await pipeline.RunAsync().WaitAsync(TestTimeout);

        Assert.Equal([10, 3], sink.BatchSizes);
    }

    private static void WaitAt(bool now, ManualResetEventSlim gate)
    {
        if (now)
        {
            Assert.True(gate.Wait(TestTimeout));
        }
    }
}
