using PaletteEtl.Model;
using PaletteEtl.Pipeline;

namespace Etl.Tests.Pipeline;

public sealed class TotalsTests
{
    private const int Items = 200;

    private readonly CountingSource _source = new(Items);
    private readonly RecordingSink _sink = new() { IsSuperseded = static movie => movie % 10 == 4 };

    [Fact]
    public async Task RunAsync_EveryOutcome_IsCountedOnce()
    {
        RunReport report = await Mixed(Scripts.Nothing).Build().RunAsync().WaitAsync(TestTimeout);

        Assert.Equal(
            (Items, 140, 20, 20, 20, 0),
            (report.Read, report.Written, report.DeadLetters, report.Superseded, report.Skipped, report.Abandoned));
        Totals.Balance(report, _source, _sink);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(150)]
    [InlineData(199)]
    public async Task RunAsync_Drained_Balances(int at)
    {
        using var draining = new CancellationTokenSource();

        RunReport report = await Mixed(CancelAt(at, draining)).Build().RunAsync(draining.Token).WaitAsync(TestTimeout);

        Assert.Equal((RunEnding.Drained, 0), (report.Ending, report.Abandoned));
        Totals.Balance(report, _source, _sink);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(150)]
    [InlineData(199)]
    public async Task RunAsync_Aborted_Balances(int at)
    {
        using var aborting = new CancellationTokenSource();

        RunReport report = await Mixed(CancelAt(at, aborting)).Build().RunAsync(default, aborting.Token).WaitAsync(TestTimeout);

        Assert.Equal(RunEnding.Aborted, report.Ending);
        Totals.Balance(report, _source, _sink);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(150)]
    [InlineData(199)]
    public async Task RunAsync_Faulted_Balances(int at)
    {
        EtlPipeline pipeline = Mixed(Scripts.FailFor(
            movie => movie == at, static () => new InsufficientMemoryException("There is no memory left."))).Build();
        EtlRun run = pipeline.CreateRun();

        await Assert.ThrowsAsync<InsufficientMemoryException>(() => pipeline.RunAsync(run, default, default).WaitAsync(TestTimeout));

        Assert.Equal(RunEnding.Faulted, run.Report().Ending);
        Totals.Balance(run.Report(), _source, _sink);
    }

    [Fact]
    public async Task Report_WhileTheRunLasts_CountsTheRestAsInFlight()
    {
        using var sink = new GatedSink();
        EtlPipeline pipeline = PipelineBuilder.With(_source, sink, fetch: 3, decode: 5, quantize: 7, batchSize: 10);
        EtlRun run = pipeline.CreateRun();

        Task running = pipeline.RunAsync(run, default, default);
        await Eventually.StaysAt(36, () => _source.ItemsRead);
        RunReport report = run.Report();
        sink.Open();
        await running.WaitAsync(TestTimeout);

        Assert.Equal((RunEnding.Running, 36, 36, 0), (report.Ending, report.Read, report.InFlight, report.Abandoned));
        Assert.Equal((Items, 0), (run.Report().Written, run.Report().InFlight));
    }

    /// <summary>Of ten movies one fails, one is skipped, one was filled by another program.</summary>
    private PipelineBuilder Mixed(Script decode) => new(_source, _sink)
    {
        Fetch = (movie, _) => (movie % 10) switch
        {
            2 => throw new CoverException(FailureReason.NotFound, "There is none."),
            3 => throw new UnchangedCover(),
            _ => ValueTask.CompletedTask,
        },
        Decode = decode,
    };

    private static Script CancelAt(int movie, CancellationTokenSource source) => async (candidate, _) =>
    {
        if (candidate == movie)
        {
            await source.CancelAsync();
        }
    };
}
