using PaletteEtl.Catalogue;
using PaletteEtl.Pipeline;

namespace Etl.Tests.Pipeline;

/// <summary>A run beside which its movies are counted.</summary>
public sealed class MovieCountTests
{
    public static TheoryData<Exception> Errors { get; } =
        [new CatalogueException("It cannot be read."), new OperationCanceledException()];

    [Theory]
    [MemberData(nameof(Errors), DisableDiscoveryEnumeration = true)]
    public async Task RunAsync_CountingFails_GoesWithoutATotal(Exception error)
    {
        var source = new CountingSource(items: 10) { Counting = _ => throw error };

        (RunReport report, long? total) = await RunAsync(source);

        Assert.Equal((RunEnding.Completed, 10, null), (report.Ending, report.Written, total));
    }

    [Fact]
    public async Task RunAsync_EndsBeforeTheMoviesAreCounted_GivesUpCounting()
    {
        var source = new CountingSource(items: 10)
        {
            Counting = ended =>
            {
                ended.WaitHandle.WaitOne(TestTimeout);
                ended.ThrowIfCancellationRequested();
            },
        };

        (RunReport report, long? total) = await RunAsync(source);

        Assert.Equal((RunEnding.Completed, 10, null), (report.Ending, report.Written, total));
    }

    private static async Task<(RunReport Report, long? Total)> RunAsync(CountingSource source)
    {
        EtlPipeline pipeline = new PipelineBuilder(source, new RecordingSink()).Build();
        EtlRun run = pipeline.CreateRun();
        run.WantsTotal = true;
        return (await pipeline.RunAsync(run, default, default).WaitAsync(TestTimeout), run.Total);
    }
}
