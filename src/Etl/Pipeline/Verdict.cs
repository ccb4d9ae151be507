using System.Globalization;

namespace PaletteEtl.Pipeline;

/// <summary>Says in plain words which stage limits a run, and what one more worker would bring.</summary>
/// <remarks>The stage whose workers are busy most of the time is the one the others wait for: those before it are
/// blocked, those after it starved. With one more worker the run is faster by as much as that stage's capacity grows, but
/// no further than to where the next busiest stage, or the processors, would limit it.</remarks>
internal static class Verdict
{
    /// <summary>The share of its time from which on a busy stage limits the run.</summary>
    public const double Limits = 0.5;

    private const double Worthwhile = 0.02;

    /// <summary>Movies from which on the verdict of a whole run is one on its stages, and not on how it began and ended.</summary>
    private const int Enough = 20;

    private static readonly string[] Ordinals =
        ["a first", "a second", "a third", "a fourth", "a fifth", "a sixth", "a seventh", "an eighth", "a ninth", "a tenth"];

    public static string Of(RunReport report)
    {
        if (report.Read == 0)
        {
            return report.Ending == RunEnding.Completed ? "No palette was missing." : "No movie was read.";
        }

        if (report.Read < Enough && report.Ending != RunEnding.Running)
        {
            return "Too few movies to say which stage limits the run.";
        }

        if (report.Stages[0] is { Name: StageNames.Extract } extract && report.Stages[^1].BusyShare < Limits)
        {
            return OfWorkers(extract);
        }

        StageReport stage = report.Stages.MaxBy(static stage => stage.BusyShare)!;
        return stage.BusyShare >= Limits ? OfStage(report, stage) : OfNoStage(report, stage);
    }

    /// <summary>How many workers there are, and what they could do, is not known here.</summary>
    private static string OfWorkers(StageReport extract)
    {
        string held = string.Create(
            CultureInfo.InvariantCulture,
            $"they held {extract.BusyShare * extract.Workers:#,0} of at most {extract.Workers:#,0} movies on average");
        return extract.BusyShare >= Limits
            ? $"The workers limit this run: {held}; add workers."
            : $"No local stage limits this run, and the workers had capacity left: {held}.";
    }

    private static string OfStage(RunReport report, StageReport stage)
    {
        string workers = stage.Workers == 1 ? "its worker was" : $"its {stage.Workers} workers were";
        string verdict = $"{stage.Name} limits this run: {workers} busy {Percent(stage.BusyShare)} of the time";
        StageReport? next = report.Stages.SkipWhile(other => other != stage).Skip(1).FirstOrDefault();
        return next is null ? $"{verdict}." : $"{verdict}; {next.Name} was starved {Percent(next.StarvedShare)}; {Advice(report, stage)}.";
    }

    private static string OfNoStage(RunReport report, StageReport busiest)
    {
        StageReport first = report.Stages[0];
        StageReport hungry = report.Stages.MaxBy(static stage => stage.MemoryShare)!;
        return hungry.MemoryShare >= Limits
                ? $"Memory limits this run: {hungry.Name} waited for it {Percent(hungry.MemoryShare)} of the time; "
                    + $"raise {hungry.Name}'s MemoryBudgetBytes."
            : first.StarvedShare >= Limits
                ? $"Reading the catalogue limits this run: {first.Name} waited for movies {Percent(first.StarvedShare)} of the time."
            : $"No stage limits this run: the busiest, {busiest.Name}, was busy {Percent(busiest.BusyShare)} of the time.";
    }

    private static string Advice(RunReport report, StageReport stage)
    {
        double more = 1.0 / stage.Workers;
        double others = report.Stages.Where(other => other != stage).Max(static other => other.BusyShare);
        double stages = others > 0 ? (stage.BusyShare / others) - 1 : more;
        double processors = (report.Processors * report.Elapsed / ProcessorTime(report)) - 1;
        double gain = Math.Min(more, Math.Min(stages, processors));
        string worker = stage.Workers < Ordinals.Length ? $"{Ordinals[stage.Workers]} {stage.Name} worker" : $"another {stage.Name} worker";
        return gain >= Worthwhile ? $"{worker} would raise throughput by about {Percent(gain)}"
            : processors < Worthwhile ? $"the processors are busy, so {worker} would not help"
            : $"{worker} would not help";
    }

    /// <summary>What the run takes of the processors. Decoders and quantizers take one each while they are busy, even
    /// when other programs keep them waiting for it.</summary>
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
