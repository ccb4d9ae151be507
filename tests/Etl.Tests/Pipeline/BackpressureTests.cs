using PaletteEtl.Model;
using PaletteEtl.Pipeline;

namespace Etl.Tests.Pipeline;

public sealed class BackpressureTests
{
    [Fact]
    public async Task RunAsync_SinkStandsStill_ReadsNoFurtherThanTheCapacities()
    {
        var source = new CountingSource(items: 1_000);
        using var sink = new GatedSink();
        EtlPipeline pipeline = PipelineBuilder.With(source, sink, fetch: 3, decode: 5, quantize: 7, batchSize: 10);

        Task run = pipeline.RunAsync(draining: default, aborting: default);

        // fetch + decode + quantize + batch + the batch at the sink + the one item at the door
        await Eventually.StaysAt(3 + 5 + 7 + 10 + 10 + 1, () => source.ItemsRead);
        sink.Open();
        await run.WaitAsync(TestTimeout);
        Assert.Equal(1_000, sink.Inner.Palettes.Count);
    }

    [Fact]
    public async Task RunAsync_SinkStandsStill_EveryStageSaysThatItIsFull()
    {
        using var sink = new GatedSink();
        var builder = new PipelineBuilder(new CountingSource(items: 1_000), sink);
        EtlPipeline pipeline = builder.Build();
        EtlRun monitor = pipeline.CreateRun();

        Task run = pipeline.RunAsync(monitor, draining: default, aborting: default);

        await Eventually.Holds(() =>
        {
            builder.Clock.Advance(TimeSpan.FromMilliseconds(50));
            return monitor.Stages.All(stage => stage.Report().Held == stage.Capacity);
        });
        sink.Open();
        await run.WaitAsync(TestTimeout);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 2, 3)]
    [InlineData(4, 9, 16)]
    public async Task RunAsync_SinkStandsStillAndStagesAreWide_ReadsNoFurtherThanTheCapacities(
        int parallelism, int capacity, int batchSize)
    {
        var source = new CountingSource(items: 500);
        using var sink = new GatedSink();
        var builder = new PipelineBuilder(source, sink);
        foreach (StageOptions stage in (StageOptions[])[builder.Options.Fetch, builder.Options.Decode, builder.Options.Quantize])
        {
            (stage.DegreeOfParallelism, stage.BoundedCapacity) = (parallelism, capacity);
        }

        builder.Options.Write.BatchSize = batchSize;

        Task run = builder.Build().RunAsync();

        await Eventually.StaysAt((3 * capacity) + (2 * batchSize) + 1, () => source.ItemsRead);
        sink.Open();
        await run.WaitAsync(TestTimeout);
        Assert.Equal(500, sink.Inner.Palettes.Count);
    }

    [Fact]
    public async Task RunAsync_FetchStandsStill_ReadsNoFurtherThanItsCapacity()
    {
        var source = new CountingSource(items: 100);
        var gate = new Gate();
        var builder = new PipelineBuilder(source, new RecordingSink()) { Fetch = Scripts.WaitAt(gate) };

        Task run = builder.Build().RunAsync();

        await Eventually.StaysAt(builder.Options.Fetch.BoundedCapacity + 1, () => source.ItemsRead);
        gate.Open();
        await run.WaitAsync(TestTimeout);
    }

    [Fact]
    public async Task RunAsync_OneItemStandsStill_TheOthersOvertakeIt()
    {
        var source = new CountingSource(items: 100);
        var sink = new RecordingSink();
        var gate = new Gate();
        var builder = new PipelineBuilder(source, sink) { Decode = Scripts.WaitAt(gate, movie: 0) };

        Task run = builder.Build().RunAsync();

        // 99 are left, of which the last batch is not full.
        await Eventually.StaysAt(90, () => sink.Items.Count);
        gate.Open();
        await run.WaitAsync(TestTimeout);
        Assert.Equal(100, sink.Palettes.Count);
    }
}
