using PaletteEtl.Pipeline;

namespace Etl.Tests.Pipeline;

/// <summary>The verdict on real runs whose stages take a known time. No other test runs meanwhile, for the verdict counts in
/// what the process takes of the processors.</summary>
[Collection(Alone)]
public sealed class MeasuredBottleneckTests
{
    private const string Alone = "tests that run alone";
    private const int Movies = 60;
    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(20);

    /// <summary>As a run of the program does: stages that wait in their threads must not wait for threads as well.</summary>
    public MeasuredBottleneckTests()
    {
        ThreadPool.GetMinThreads(out int workers, out int completions);
        ThreadPool.SetMinThreads(Math.Max(workers, 16), completions);
    }

    [Theory]
    [InlineData("fetch", "decode", "raise throughput by about (4[0-9]|50) %")] // which takes no processor
    [InlineData("decode", "quantize", "(not help|raise throughput by about [0-9]+ %)")] // depending on how many there are
    [InlineData("quantize", "write", "(not help|raise throughput by about [0-9]+ %)")]
    public async Task Describe_OneStageTakesLong_NamesItAndWhatStarvesBehindIt(string slow, string next, string gain)
    {
        RunReport report = await RunAsync(slow);

        Assert.StartsWith($"{slow} limits this run: its 2 workers were busy ", report.Verdict, StringComparison.Ordinal);
        Assert.Contains($"; {next} was starved ", report.Verdict, StringComparison.Ordinal);
        Assert.Matches($"a third {slow} worker would {gain}\\.$", report.Verdict);
    }

    [Fact]
    public async Task Describe_WriteTakesLong_NamesIt()
    {
        RunReport report = await RunAsync("write");

        Assert.StartsWith("write limits this run: its worker was busy ", report.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Describe_StagesTakeTheSame_PromisesLittle()
    {
        RunReport report = await RunAsync("fetch", "decode", "quantize");

        // A third worker for two would add 50 % if the next stage did not limit the run then.
        Assert.Matches("^(fetch|decode|quantize) limits this run: .* would (not help|raise throughput by about [12]?[0-9] %)\\.$", report.Verdict);
    }

    private static async Task<RunReport> RunAsync(params string[] slow)
    {
        var sink = new RecordingSink { Before = batch => Work("write", slow, batch.Count / 2) };
        var builder = new PipelineBuilder(new CountingSource(Movies), sink)
        {
            Time = TimeProvider.System,
            Fetch = Script("fetch", slow),
            Decode = Script("decode", slow),
            Quantize = _ => Work("quantize", slow),
        };
        return await builder.Build().RunAsync().WaitAsync(TestTimeout);
    }

    /// <summary>Waits as the other stages do, for timers of several kinds are late by different times.</summary>
    private static Script Script(string stage, string[] slow) => (_, _) =>
    {
        Work(stage, slow);
        return ValueTask.CompletedTask;
    };

    /// <summary>Takes its time without taking a processor, of which there may be few.</summary>
    private static void Work(string stage, string[] slow, int times = 1)
    {
        if (slow.Contains(stage))
        {
            using var never = new ManualResetEventSlim();
            never.Wait(Long * times);
        }
    }

    [CollectionDefinition(Alone, DisableParallelization = true)]
    public sealed class RunAlone;
}
