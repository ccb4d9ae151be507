using PaletteEtl.Model;
using PaletteEtl.Pipeline;

namespace Etl.Tests.Pipeline;

public sealed class BudgetTests
{
    private const int Items = 100;

    [Fact]
    public async Task RunAsync_BudgetsHoldOneCover_CompletesWhateverHappensToTheItems()
    {
        var source = new CountingSource(Items);
        var sink = new RecordingSink();
        var builder = new PipelineBuilder(source, sink)
        {
            Fetch = Scripts.FailFor(movie => movie % 5 == 0, () => new CoverException(FailureReason.NotFound, "There is none.")),
            Decode = Scripts.FailFor(movie => movie % 7 == 0, () => new TimeoutException("It took too long.")),
            Quantize = movie => Assert.NotEqual(0, movie % 11),
        };
        builder.Options.Fetch.MemoryBudgetBytes = (2 * ScriptedCovers.CoverBytes) - 1;
        builder.Options.Decode.MemoryBudgetBytes = (2 * ScriptedDecoder.PixelBytes) - 1;

        RunReport report = await builder.Build().RunAsync().WaitAsync(TestTimeout);

        Assert.Equal((RunEnding.Completed, Items), (report.Ending, report.Read));
        Totals.Balance(report, source, sink);
    }

    [Fact]
    public async Task RunAsync_FetchBudgetIsTaken_TheOtherFetchersAreBlocked()
    {
        var gate = new Gate();
        var builder = new PipelineBuilder(Movies.Missing(Items)) { Decode = Scripts.WaitAt(gate) };
        builder.Options.Fetch.MemoryBudgetBytes = 3 * ScriptedCovers.CoverBytes;
        EtlPipeline pipeline = builder.Build();
        EtlRun run = pipeline.CreateRun();

        Task running = pipeline.RunAsync(run, default, default);
        await Eventually.Holds(() =>
        {
            builder.Clock.Advance(TimeSpan.FromSeconds(1));
            return run.Fetch.Report().Blocked > TimeSpan.FromSeconds(5);
        });
        StageReport before = run.Fetch.Report();
        builder.Clock.Advance(TimeSpan.FromSeconds(10));
        StageReport after = run.Fetch.Report();
        gate.Open();
        await running.WaitAsync(TestTimeout);

        Assert.Equal(TimeSpan.FromSeconds(20), after.Blocked - before.Blocked); // both workers wait for memory
        Assert.Equal((before.Busy, before.Starved), (after.Busy, after.Starved));
    }

    [Fact]
    public async Task RunAsync_AbortedWhileCoversWaitForMemory_Ends()
    {
        using var aborting = new CancellationTokenSource();
        var never = new Gate();
        var source = new CountingSource(Items);
        var sink = new RecordingSink();
        var builder = new PipelineBuilder(source, sink) { Decode = Scripts.WaitAt(never) };
        builder.Options.Fetch.MemoryBudgetBytes = ScriptedCovers.CoverBytes;

        Task<RunReport> run = builder.Build().RunAsync(default, aborting.Token);
        await Eventually.Holds(() => never.Arrived == 1);
        await aborting.CancelAsync();
        RunReport report = await run.WaitAsync(TestTimeout);

        Assert.Equal((RunEnding.Aborted, report.Read), (report.Ending, report.Abandoned));
        Totals.Balance(report, source, sink);
    }
}
