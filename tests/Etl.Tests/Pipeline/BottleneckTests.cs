using PaletteEtl.Model;
using PaletteEtl.Pipeline;

namespace Etl.Tests.Pipeline;

public sealed class BottleneckTests
{
    [Theory]
    [InlineData(0.9, 0.1, 0.1, 0.1, "fetch limits this run: its 4 workers were busy 90 % of the time; decode was starved 90 %; a fifth fetch worker would raise throughput by about 25 %.")]
    [InlineData(0.1, 0.98, 0.04, 0.0, "decode limits this run: its 4 workers were busy 98 % of the time; quantize was starved 96 %; a fifth decode worker would raise throughput by about 25 %.")]
    [InlineData(0.1, 0.2, 0.8, 0.3, "quantize limits this run: its 4 workers were busy 80 % of the time; write was starved 70 %; a fifth quantize worker would raise throughput by about 25 %.")]
    [InlineData(0.1, 0.1, 0.1, 0.95, "write limits this run: its worker was busy 95 % of the time.")]
    [InlineData(0.1, 0.2, 0.3, 0.1, "Reading the catalogue limits this run: fetch waited for movies 90 % of the time.")]
    public void Describe_OneStageBusiest_NamesIt(double fetch, double decode, double quantize, double write, string verdict)
    {
        RunReport report = Report(Stage("fetch", fetch), Stage("decode", decode), Stage("quantize", quantize), Stage("write", write, parallelism: 1));

        Assert.Equal(verdict, report.Verdict);
    }

    [Theory]
    [InlineData(0.9, 0.1, "The workers limit this run: they held 3,600 of at most 4,000 movies on average; add workers.")]
    [InlineData(0.1, 0.2, "No local stage limits this run, and the workers had capacity left: they held 400 of at most 4,000 movies on average.")]
    [InlineData(0.9, 0.95, "write limits this run: its worker was busy 95 % of the time.")]
    public void Describe_OtherMachinesExtract_SpeaksOfThem(double extract, double write, string verdict)
    {
        RunReport report = Report(Stage("extract", extract, parallelism: 4_000), Stage("write", write, parallelism: 1));

        Assert.Equal(verdict, report.Verdict);
    }

    [Theory]
    [InlineData(1, "a second")]
    [InlineData(2, "a third")]
    [InlineData(3, "a fourth")]
    [InlineData(4, "a fifth")]
    [InlineData(5, "a sixth")]
    [InlineData(6, "a seventh")]
    [InlineData(7, "an eighth")]
    [InlineData(8, "a ninth")]
    [InlineData(9, "a tenth")]
    [InlineData(10, "another")]
    public void Describe_HigherParallelism_CountsTheNext(int parallelism, string next)
    {
        RunReport report = Report(
            Stage("fetch", 0.1), Stage("decode", 0.9, parallelism), Stage("quantize", 0.1), Stage("write", 0.1, parallelism: 1));

        Assert.Contains($"; {next} decode worker would ", report.Verdict, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(6, true, "An outage limits this run: no cover could be read 60 % of the time (the folder covers does not exist).")]
    [InlineData(1, false, "An outage limits this run: no cover could be read 10 % of the time (the folder covers does not exist).")]
    [InlineData(4, true, "fetch limits this run: its 4 workers were busy 90 % of the time; decode was starved 90 %; a fifth fetch worker would raise throughput by about 25 %.")]
    public void Describe_Outage_IsNamedIfItTookLongOrLasts(int seconds, bool isOver, string verdict)
    {
        RunReport report = Report(Stage("fetch", 0.9), Stage("decode", 0.1), Stage("quantize", 0.1), Stage("write", 0.1, parallelism: 1)) with
        {
            Outage = new OutageTotal("the folder covers does not exist", TimeSpan.FromSeconds(seconds), isOver),
        };

        Assert.Equal(verdict, report.Verdict);
    }

    [Fact]
    public void Describe_FewMovies_SaysNothingOfStages()
    {
        RunReport report = Report(Stage("fetch", 0.1), Stage("decode", 0.9), Stage("quantize", 0.1), Stage("write", 0.1, parallelism: 1));

        Assert.Equal("Too few movies to say which stage limits the run.", (report with { Read = 19 }).Verdict);
    }

    [Fact]
    public void Describe_NextStageNearlyAsBusy_PromisesNoMoreThanThatStageAllows()
    {
        RunReport report = Report(Stage("fetch", 0.1), Stage("decode", 0.99), Stage("quantize", 0.9), Stage("write", 0.1, parallelism: 1));

        Assert.EndsWith("a fifth decode worker would raise throughput by about 10 %.", report.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_OthersIdle_PromisesAWorkersShare()
    {
        RunReport report = Report(Stage("fetch", 0), Stage("decode", 0.9), Stage("quantize", 0), Stage("write", 0, parallelism: 1));

        Assert.EndsWith("a fifth decode worker would raise throughput by about 25 %.", report.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_NextStageJustAsBusy_PromisesNothing()
    {
        RunReport report = Report(Stage("fetch", 0.1), Stage("decode", 0.99), Stage("quantize", 0.98), Stage("write", 0.1, parallelism: 1));

        Assert.EndsWith("starved 2 %; a fifth decode worker would not help.", report.Verdict, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60, "a fifth decode worker would raise throughput by about 20 %.")] // 72 s of processors' time would be there
    [InlineData(71, "the processors are busy, so a fifth decode worker would not help.")]
    public void Describe_ProcessorsNearlyBusy_PromisesNoMoreThanTheyAllow(int processorSeconds, string advice)
    {
        RunReport report = Report(Stage("fetch", 0.1), Stage("decode", 0.99), Stage("quantize", 0.1), Stage("write", 0.1, parallelism: 1))
            with
        { Processors = 6, Elapsed = TimeSpan.FromSeconds(12), ProcessorTime = TimeSpan.FromSeconds(processorSeconds) };

        Assert.EndsWith($"; {advice}", report.Verdict, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "its worker was busy 90 % of the time; quantize was starved 90 %; a second decode worker")]
    [InlineData(9, "its 9 workers were busy 90 % of the time; quantize was starved 90 %; a tenth decode worker")]
    [InlineData(10, "its 10 workers were busy 90 % of the time; quantize was starved 90 %; another decode worker")]
    public void Describe_AnyParallelism_IsCounted(int parallelism, string words)
    {
        RunReport report = Report(
            Stage("fetch", 0.1), Stage("decode", 0.9, parallelism), Stage("quantize", 0.1), Stage("write", 0.1, parallelism: 1));

        Assert.StartsWith($"decode limits this run: {words} would raise throughput by about", report.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_BusyHalfTheTime_NamesTheStage()
    {
        RunReport report = Report(Stage("fetch", 0.1), Stage("decode", 0.5), Stage("quantize", 0.1), Stage("write", 0.1, parallelism: 1));

        Assert.StartsWith("decode limits this run", report.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_WaitedForMoviesHalfTheTime_NamesTheCatalogue()
    {
        RunReport report = Report(
            Stage("fetch", 0.25) with { Blocked = TimeSpan.FromSeconds(10), Starved = TimeSpan.FromSeconds(20) },
            Stage("decode", 0.2),
            Stage("quantize", 0.1),
            Stage("write", 0.1, parallelism: 1));

        Assert.Equal("Reading the catalogue limits this run: fetch waited for movies 50 % of the time.", report.Verdict);
    }

    [Fact]
    public void Describe_WaitedForMemoryHalfTheTime_NamesTheBudget()
    {
        StageReport hungry = Stage("decode", busy: 0.5) with
        {
            Busy = TimeSpan.FromSeconds(10),
            Blocked = TimeSpan.FromSeconds(20),
            MemoryWait = TimeSpan.FromSeconds(20),
            Starved = TimeSpan.FromSeconds(10),
        };

        RunReport report = Report(Stage("fetch", 0.1), hungry, Stage("quantize", 0.1), Stage("write", 0.1, parallelism: 1));

        Assert.StartsWith("Memory limits this run: decode waited for it 50 % of the time", report.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_ProcessorsBusy_PromisesNothing()
    {
        RunReport report = Report(Stage("fetch", 0.1), Stage("decode", 0.99), Stage("quantize", 0.1), Stage("write", 0.1, parallelism: 1));

        string verdict = (report with { Processors = 2, ProcessorTime = TimeSpan.FromSeconds(19.8) }).Verdict;

        Assert.EndsWith("the processors are busy, so a fifth decode worker would not help.", verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_DecodersOnAllProcessorsBesideOtherPrograms_PromisesNothing()
    {
        RunReport report = Report(Stage("fetch", 0.1), Stage("decode", 0.99), Stage("quantize", 0.04), Stage("write", 0.1, parallelism: 1));

        string verdict = (report with { Processors = 4 }).Verdict;

        Assert.EndsWith("the processors are busy, so a fifth decode worker would not help.", verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_WaitingForMemory_NamesTheBudget()
    {
        StageReport hungry = Stage("decode", busy: 0.2) with
        {
            Blocked = TimeSpan.FromSeconds(32),
            MemoryWait = TimeSpan.FromSeconds(30),
            Starved = TimeSpan.Zero,
        };

        RunReport report = Report(Stage("fetch", 0.1), hungry, Stage("quantize", 0.1), Stage("write", 0.1, parallelism: 1));

        Assert.Equal("Memory limits this run: decode waited for it 75 % of the time; raise decode's MemoryBudgetBytes.", report.Verdict);
    }

    [Fact]
    public void Describe_FetchBlockedAndNobodyBusy_NamesNoStage()
    {
        StageReport blocked = Stage("fetch", busy: 0.1) with { Blocked = TimeSpan.FromSeconds(40), Starved = TimeSpan.Zero };

        RunReport report = Report(blocked, Stage("decode", 0.4), Stage("quantize", 0.1), Stage("write", 0.1, parallelism: 1));

        Assert.Equal("No stage limits this run: the busiest, decode, was busy 40 % of the time.", report.Verdict);
    }

    [Fact]
    public void Describe_NothingRead_SaysThatNothingWasMissing()
    {
        RunReport report = Report(Stage("fetch", 0)) with { Read = 0 };

        Assert.Equal("No palette was missing.", report.Verdict);
    }

    [Fact]
    public void Describe_FaultedBeforeTheFirstMovie_ClaimsNothingOfPalettes()
    {
        RunReport report = Report(Stage("fetch", 0)) with { Read = 0, Ending = RunEnding.Faulted };

        Assert.Equal("No movie was read.", report.Verdict);
    }

    [Theory]
    [InlineData(10, 0, "Failures limit this run: 10 of 20 movies became dead letters (not_found 7, corrupt 3). The first: There is no cover at covers/1.jpg.")]
    [InlineData(2, 8, "Failures limit this run: 8 of 20 movies were skipped, because they failed before and their cover has not changed.")]
    public void Describe_HalfOfTheMoviesFail_NamesTheReasons(int deadLetters, int skipped, string verdict)
    {
        RunReport report = Report(Stage("fetch", 0.1), Stage("decode", 0.1), Stage("quantize", 0.1), Stage("write", 0.9, parallelism: 1)) with
        {
            Written = 10,
            DeadLetters = deadLetters,
            Skipped = skipped,
            Reasons = [new("not_found", 7), new("corrupt", 3)],
            FirstFailure = "There is no cover at covers/1.jpg.",
        };

        Assert.Equal(verdict, report.Verdict);
        Assert.StartsWith("write limits this run", (report with { Read = 21, Written = 11 }).Verdict, StringComparison.Ordinal);
    }

    private static RunReport Report(params StageReport[] stages) => new()
    {
        Ending = RunEnding.Completed,
        Read = 20,
        Written = 20,
        Damaged = 0,
        DeadLetters = 0,
        Superseded = 0,
        SupersededMissing = 0,
        Skipped = 0,
        Current = 0,
        Abandoned = 0,
        InFlight = 0,
        Elapsed = TimeSpan.FromSeconds(10),
        ProcessorTime = TimeSpan.FromSeconds(4),
        Processors = 16,
        Stages = stages,
    };

    private static StageReport Stage(string name, double busy, int parallelism = 4) => new()
    {
        Name = name,
        DegreeOfParallelism = parallelism,
        Capacity = 16,
        Items = 10,
        Failures = 0,
        P50 = TimeSpan.Zero,
        P95 = TimeSpan.Zero,
        P99 = TimeSpan.Zero,
        Longest = TimeSpan.Zero,
        Busy = TimeSpan.FromSeconds(10 * parallelism * busy),
        Blocked = TimeSpan.Zero,
        MemoryWait = TimeSpan.Zero,
        Starved = TimeSpan.FromSeconds(10 * parallelism * (1 - busy)),
        MeanFill = 0,
        Held = 0,
    };
}
