using PaletteEtl.Covers;
using PaletteEtl.Model;
using PaletteEtl.Pipeline;

namespace Etl.Tests.Pipeline;

/// <summary>A fetch stage whose degree of parallelism follows the servers.</summary>
public sealed class AdaptiveFetchTests
{
    private const int Least = 2, Most = 6;

    private readonly ConcurrencyLimit _limit = new(Least, Most);
    private readonly TaskCompletionSource _open = new();
    private int _fetching;

    [Fact]
    public async Task RunAsync_LimitRises_FetchesAsManyAtOnce()
    {
        using var sink = new GatedSink();
        sink.Open();
        PipelineBuilder builder = Builder(new CountingSource(items: 100), sink);
        EtlPipeline pipeline = builder.Build();
        EtlRun run = pipeline.CreateRun();

        Task running = pipeline.RunAsync(run, draining: default, aborting: default);
        await Eventually.StaysAt(Least, () => Volatile.Read(ref _fetching));
        int before = run.Fetch.Report().DegreeOfParallelism;
        for (int request = 0; request < 20; request++)
        {
            _limit.Measured(TimeSpan.FromMilliseconds(50), isFailure: false);
        }

        await Eventually.StaysAt(Most, () => Volatile.Read(ref _fetching));
        StageReport report = run.Fetch.Report();
        _open.SetResult();
        await running.WaitAsync(TestTimeout);

        Assert.Equal((Least, Most, Most), (before, report.DegreeOfParallelism, report.InProgress));
        Assert.Equal(report.Capacity, report.Held); // those that wait for a slot are held, too
        Assert.Equal(100, sink.Inner.Palettes.Count);
    }

    [Fact]
    public async Task RunAsync_AbortedWhileItemsWaitForASlot_Ends()
    {
        using var aborting = new CancellationTokenSource();
        using var sink = new GatedSink();
        EtlPipeline pipeline = Builder(new CountingSource(items: 100), sink).Build();

        Task<RunReport> running = pipeline.RunAsync(aborting: aborting.Token);
        await Eventually.StaysAt(Least, () => Volatile.Read(ref _fetching));
        await aborting.CancelAsync();

        Assert.Equal(RunEnding.Aborted, (await running.WaitAsync(TestTimeout)).Ending);
    }

    [Theory]
    [InlineData("covers/{id}.jpg", 8, null, 8)]
    [InlineData("http://localhost/{id}", 8, null, 128)]
    [InlineData("{cover}", 8, null, 128)]
    [InlineData("covers/{cover}", 8, null, 8)]
    [InlineData("http://localhost/{id}", 4, null, 4)] // a number that somebody has chosen
    [InlineData("http://localhost/{id}", 4, 20, 20)]
    [InlineData("http://localhost/{id}", 30, 20, 30)]
    [InlineData("http://localhost/{id}", 8, 0, 8)]
    public void MostAtOnce_ByLocationAndOptions_IsTheMaximum(string location, int parallelism, int? maximum, int expected)
    {
        var options = new FetchOptions { Locations = [location], DegreeOfParallelism = parallelism, MaxDegreeOfParallelism = maximum };

        Assert.Equal((expected, 32 + expected - parallelism), (options.MostAtOnce, options.Capacity));
    }

    private PipelineBuilder Builder(CountingSource source, GatedSink sink)
    {
        var builder = new PipelineBuilder(source, sink)
        {
            Limit = _limit,
            Fetch = async (_, cancellationToken) =>
            {
                Interlocked.Increment(ref _fetching);
                await _open.Task.WaitAsync(cancellationToken);
                Interlocked.Decrement(ref _fetching);
            },
        };
        builder.Options.Fetch.BoundedCapacity = 20;
        return builder;
    }
}
