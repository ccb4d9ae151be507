using PaletteEtl.Model;
using PaletteEtl.Pipeline;
using PaletteEtl.Telemetry;

namespace Etl.Tests.Telemetry;

/// <summary>Runs whose sampler leaves to their course whether they are sampled.</summary>
public sealed class SampledRunTests
{
    [Theory]
    [InlineData(15, 100, "")] // a small run of a service
    [InlineData(15, 0, "etl.batch 2, etl.run 1")] // etl run
    [InlineData(99, 100, "")]
    [InlineData(100, 100, "etl.batch 1, etl.run 1")] // its last batch follows the hundredth movie
    public async Task RunAsync_NoFailure_IsSampledUnlessItIsSmall(int movies, int quietBelow, string sampled) =>
        Assert.Equal(sampled, await SampledAsync(movies, quietBelow, Scripts.Nothing, batchSize: movies == 100 ? 100 : 10));

    [Fact]
    public async Task RunAsync_SmallRunWithADeadLetter_IsSampledAtItsEnd() => Assert.Equal(
        "etl.run 1",
        await SampledAsync(15, 100, Scripts.FailFor(static movie => movie == 3, static () => new CoverException(FailureReason.Corrupt, "Corrupt."))));

    [Fact]
    public async Task RunAsync_SmallRunFails_IsSampledAtItsEnd()
    {
        using var spans = new SpanRecorder(static _ => false, keeps: static name => name == EtlActivities.RunName);
        var builder = new PipelineBuilder(Movies.Missing(15)) { Options = { MaxDeadLetters = "1" }, Fetch = Scripts.FailFor(static _ => true, static () => new CoverException(FailureReason.Corrupt, "Corrupt.")) };

        await Assert.ThrowsAsync<DeadLetterLimitException>(() => RunAsync(builder, quietBelow: 100));

        Assert.Equal("etl.run 1", spans.Counts);
    }

    /// <summary>Another sampler has dropped the run, and what is below it goes by that.</summary>
    [Fact]
    public async Task RunAsync_RunIsDropped_StaysSo()
    {
        using var spans = new SpanRecorder(static _ => false);

        await RunAsync(new PipelineBuilder(Movies.Missing(15)), quietBelow: 0);

        Assert.Equal("", spans.Counts);
    }

    private static async Task<string> SampledAsync(int movies, int quietBelow, Script fetch, int batchSize = 10)
    {
        using var spans = new SpanRecorder(static _ => false, keeps: static name => name == EtlActivities.RunName);
        await RunAsync(new PipelineBuilder(Movies.Missing(movies)) { Fetch = fetch, Options = { Write = { BatchSize = batchSize } } }, quietBelow);
        return spans.Counts;
    }

    private static async Task RunAsync(PipelineBuilder builder, long quietBelow)
    {
        EtlPipeline pipeline = builder.Build();
        EtlRun run = pipeline.CreateRun();
        run.QuietBelow = quietBelow;
        await pipeline.RunAsync(run, CancellationToken.None, CancellationToken.None).WaitAsync(TestTimeout);
    }
}
