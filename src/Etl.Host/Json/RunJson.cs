using System.Text.Json;
using System.Text.Json.Serialization;
using Etl.Host.Run;
using Etl.Host.Web;
using PaletteEtl.Pipeline;
using PaletteEtl.Service;

namespace Etl.Host.Json;

/// <summary>The sums of a run: <c>read = written + deadLetters + superseded + skipped + inFlight + abandoned</c>.</summary>
internal abstract class RunJson(RunReport report)
{
    private protected RunReport Report => report;

    /// <summary><c>running</c>, <c>completed</c>, <c>drained</c>, <c>aborted</c> or <c>faulted</c>.</summary>
    public string Ending => JsonNamingPolicy.CamelCase.ConvertName(report.Ending.ToString());

    public long Read => report.Read;

    public long Written => report.Written;

    /// <summary>Palettes among <see cref="Written"/> that were made of damaged covers.</summary>
    public long Damaged => report.Damaged;

    public long DeadLetters => report.DeadLetters;

    public long Superseded => report.Superseded;

    /// <summary>Movies among <see cref="Superseded"/> whose palette is still missing.</summary>
    public long SupersededMissing => report.SupersededMissing;

    public long Skipped => report.Skipped;

    /// <summary>Movies whose palette was to be made again if their cover had changed, which it has not.</summary>
    public long Current => report.Current;

    public long InFlight => report.InFlight;

    public long Abandoned => report.Abandoned;

    public double ElapsedSeconds => report.Elapsed.TotalSeconds;

    public string Verdict => report.Verdict;
}

/// <summary>A finished run, as <c>etl run --report</c> writes it.</summary>
internal sealed class RunReportJson(RunReport report, bool dryRun, long peakMemory) : RunJson(report)
{
    [JsonPropertyOrder(1)]
    public bool DryRun => dryRun;

    /// <summary>Movies settled in a second; skipped movies do not count.</summary>
    [JsonPropertyOrder(1)]
    public double MoviesPerSecond => RunSummary.PerSecond(Report);

    [JsonPropertyOrder(1)]
    public long PeakMemoryBytes => peakMemory;

    [JsonPropertyOrder(1)]
    public IEnumerable<FinishedStageJson> Stages => Report.Stages.Select(static stage => new FinishedStageJson(stage));
}

/// <summary>The current run of the service, or else the last one.</summary>
/// <param name="service">The service with this run.</param>
/// <param name="report">The run now.</param>
/// <param name="speed">The speed of the service, which goes across runs.</param>
internal sealed class CurrentRunJson(ServiceSnapshot service, RunReport report, ServiceSpeed speed) : RunJson(report)
{
    public int Number => service.Runs;

    public DateTimeOffset StartedAt => service.RunStarted;

    /// <summary>Movies whose palette was missing at the start; null until they are counted.</summary>
    public long? Total => service.Total;

    /// <summary>Movies of <see cref="Total"/> that are not settled yet.</summary>
    public long? Pending => service.Pending;

    /// <summary>Movies read in a second, over the time of the rates.</summary>
    public double ReadPerSecond =>
        speed.Window > TimeSpan.Zero ? (service.Totals.Read - speed.Before.Totals.Read) / speed.Window.TotalSeconds : 0;

    public IEnumerable<CurrentStageJson> Stages => Report.Stages.Select(stage => new CurrentStageJson(stage, Recent(stage.Name), speed.Window)
    {
        Limits = stage == LimitingStage(Report),
    });

    /// <summary>The busiest stage of a run, if it limits the run.</summary>
    public static StageReport? LimitingStage(RunReport run) =>
        run.Stages.MaxBy(static stage => stage.BusyShare) is { BusyShare: >= Bottleneck.LimitingShare } busiest ? busiest : null;

    private StageAccount Recent(string stage) => service.Stages[stage] - speed.Before.Stages.GetValueOrDefault(stage);
}

/// <summary>A stage of a run; its items are movies, and batches for <c>write</c>.</summary>
internal abstract class StageJson(StageReport stage)
{
    private protected StageReport Stage => stage;

    public string Name => stage.Name;

    public int DegreeOfParallelism => stage.DegreeOfParallelism;

    public int BoundedCapacity => stage.Capacity;

    public long ItemCount => stage.Items;

    public long Failures => stage.Failures;

    public double P50Seconds => stage.P50.TotalSeconds;

    public double P95Seconds => stage.P95.TotalSeconds;
}

/// <summary>A stage of a finished run; busy, blocked and starved add up to the degree of parallelism times the run's time.</summary>
internal sealed class FinishedStageJson(StageReport stage) : StageJson(stage)
{
    [JsonPropertyOrder(1)]
    public double P99Seconds => Stage.P99.TotalSeconds;

    [JsonPropertyOrder(1)]
    public double LongestSeconds => Stage.Longest.TotalSeconds;

    [JsonPropertyOrder(1)]
    public double BusySeconds => Stage.Busy.TotalSeconds;

    [JsonPropertyOrder(1)]
    public double BlockedSeconds => Stage.Blocked.TotalSeconds;

    [JsonPropertyOrder(1)]
    public double StarvedSeconds => Stage.Starved.TotalSeconds;

    /// <summary>How full the stage was on average, 0 to 1.</summary>
    [JsonPropertyOrder(1)]
    public double MeanFill => Stage.MeanFill;
}

/// <summary>A stage of the current run, with its rates over the last ten seconds; shares are 0 to 1 and add up to 1.</summary>
internal sealed class CurrentStageJson(StageReport stage, StageAccount recent, TimeSpan window) : StageJson(stage)
{
    /// <summary>Items in progress now.</summary>
    public int InProgress => Stage.InProgress;

    /// <summary>Items held now: waiting, in progress, or finished and not yet taken.</summary>
    public int Held => Stage.Held;

    public double ItemsPerSecond => window > TimeSpan.Zero ? recent.Items / window.TotalSeconds : 0;

    public double BusyShare => ShareOf(recent.Busy, Stage.BusyShare);

    public double BlockedShare => ShareOf(recent.Blocked, Stage.BlockedShare);

    public double StarvedShare => ShareOf(recent.Starved, Stage.StarvedShare);

    /// <summary>Whether the stage limits the run.</summary>
    public required bool Limits { get; init; }

    /// <summary>A share of the last seconds; that of the last run when there was none in them.</summary>
    private double ShareOf(TimeSpan part, double ofRun)
    {
        TimeSpan all = recent.Busy + recent.Blocked + recent.Starved;
        return all > TimeSpan.Zero ? part / all : ofRun;
    }
}
