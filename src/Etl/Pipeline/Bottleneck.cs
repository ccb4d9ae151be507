using System.Globalization;

namespace PaletteEtl.Pipeline;

/// <summary>Finds what limits a run, an outage, failures or a stage, and estimates the gain of a higher degree of parallelism.</summary>
/// <remarks>The other stages wait for the busiest one: those before it are blocked, those after it starved. With a degree of
/// parallelism of one more, the run is faster by as much as that stage's capacity grows, but no further than to where the next
/// busiest stage, or the processors, would limit it.</remarks>
internal static class Bottleneck
{
    /// <summary>The share of its time from which on a busy stage limits the run.</summary>
    public const double LimitingShare = 0.5;

    private const double Worthwhile = 0.02;

    /// <summary>The share of failed movies from which on their failures limit the run, and no stage.</summary>
    private const double FailingShare = 0.5;

    /// <summary>Movies of an ended run below which its start and its end outweigh the stages.</summary>
    private const int MinMovies = 20;

    private static readonly string[] Ordinals =
        ["a first", "a second", "a third", "a fourth", "a fifth", "a sixth", "a seventh", "an eighth", "a ninth", "a tenth"];

    public static string Describe(RunReport report)
    {
        if (report.Read == 0)
        {
            return report.Ending == RunEnding.Completed ? "No palette was missing." : "No movie was read.";
        }

        if (report.Outage is { } outage && (!outage.IsOver || outage.Time >= report.Elapsed * LimitingShare))
        {
            return DescribeOutage(report, outage);
        }

        long settled = report.Read - report.InFlight - report.Abandoned;
        if (report.DeadLetters + report.Skipped is > 0 and var failed && failed >= settled * FailingShare)
        {
            return DescribeFailures(report, settled);
        }

        if (report.Read < MinMovies && report.Ending != RunEnding.Running)
        {
            return "Too few movies to say which stage limits the run.";
        }

        if (report.Stages[0] is { Name: StageNames.Extract } extract && report.Stages[^1].BusyShare < LimitingShare)
        {
            return DescribeCluster(extract);
        }

        StageReport stage = report.Stages.MaxBy(static stage => stage.BusyShare)!;
        return stage.BusyShare >= LimitingShare ? DescribeStage(report, stage) : DescribeNone(report, stage);
    }

    private static string DescribeOutage(RunReport report, OutageTotal outage)
    {
        double share = report.Elapsed > TimeSpan.Zero ? Math.Min(1, outage.Time / report.Elapsed) : 1;
        return $"An outage limits this run: no cover could be read {Percent(share)} of the time ({outage.Cause}).";
    }

    private static string DescribeFailures(RunReport report, long settled)
    {
        string movies = string.Create(CultureInfo.InvariantCulture, $"of {settled:#,0} movies");
        string reasons = string.Join(", ", report.Reasons.Select(static reason => $"{reason.Reason} {Number(reason.Count)}"));
        return report.DeadLetters >= report.Skipped
            ? $"Failures limit this run: {Number(report.DeadLetters)} {movies} became dead letters ({reasons}). The first: {report.FirstFailure}"
            : $"Failures limit this run: {Number(report.Skipped)} {movies} were skipped, because they failed before and their cover has not changed.";
    }

    private static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>How many workers there are, and what they could do, is not known here.</summary>
    private static string DescribeCluster(StageReport extract)
    {
        string held = string.Create(
            CultureInfo.InvariantCulture,
            $"they held {extract.BusyShare * extract.DegreeOfParallelism:#,0} of at most {extract.DegreeOfParallelism:#,0} movies on average");
        return extract.BusyShare >= LimitingShare
            ? $"The workers limit this run: {held}; add workers."
            : $"No local stage limits this run, and the workers had capacity left: {held}.";
    }

    private static string DescribeStage(RunReport report, StageReport stage)
    {
        string workers = stage.DegreeOfParallelism == 1 ? "its worker was" : $"its {stage.DegreeOfParallelism} workers were";
        string text = $"{stage.Name} limits this run: {workers} busy {Percent(stage.BusyShare)} of the time";
        StageReport? next = report.Stages.SkipWhile(other => other != stage).Skip(1).FirstOrDefault();
        return next is null ? $"{text}." : $"{text}; {next.Name} was starved {Percent(next.StarvedShare)}; {Advice(report, stage)}.";
    }

    private static string DescribeNone(RunReport report, StageReport busiest)
    {
        StageReport first = report.Stages[0];
        StageReport hungry = report.Stages.MaxBy(static stage => stage.MemoryShare)!;
        return hungry.MemoryShare >= LimitingShare
                ? $"Memory limits this run: {hungry.Name} waited for it {Percent(hungry.MemoryShare)} of the time; "
                    + $"raise {hungry.Name}'s MemoryBudgetBytes."
            : first.StarvedShare >= LimitingShare
                ? $"Reading the catalogue limits this run: {first.Name} waited for movies {Percent(first.StarvedShare)} of the time."
            : $"No stage limits this run: the busiest, {busiest.Name}, was busy {Percent(busiest.BusyShare)} of the time.";
    }

    private static string Advice(RunReport report, StageReport stage)
    {
        double more = 1.0 / stage.DegreeOfParallelism;
        double others = report.Stages.Where(other => other != stage).Max(static other => other.BusyShare);
        double stages = others > 0 ? (stage.BusyShare / others) - 1 : more;
        double processors = (report.Processors * report.Elapsed / ProcessorTime(report)) - 1;
        double gain = Math.Min(more, Math.Min(stages, processors));
        string worker = stage.DegreeOfParallelism < Ordinals.Length ? $"{Ordinals[stage.DegreeOfParallelism]} {stage.Name} worker" : $"another {stage.Name} worker";
        return gain >= Worthwhile ? $"{worker} would raise throughput by about {Percent(gain)}"
            : processors < Worthwhile ? $"the processors are busy, so {worker} would not help"
            : $"{worker} would not help";
    }

    /// <summary>CPU time of the run. Busy decoders and quantizers count as one processor each, even while other programs
    /// keep them waiting for it.</summary>
    private static TimeSpan ProcessorTime(RunReport report)
    {
        TimeSpan busy = default;
        foreach (StageReport stage in report.Stages.Where(static stage => stage.Name is StageNames.Decode or StageNames.Quantize))
        {
            busy += stage.Busy;
        }

        return busy > report.ProcessorTime ? busy : report.ProcessorTime;
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %");
}
