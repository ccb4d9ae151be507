using System.Text.Json;
using System.Text.Json.Serialization;
using Etl.Host.Run;
using Etl.Host.Service;
using PaletteEtl.Pipeline;

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
/// <param name="before">The run some seconds ago, the start of the period of the rates; null for the start of the run.</param>
internal sealed class CurrentRunJson(ServiceSnapshot service, RunReport report, RunReport? before) : RunJson(report)
{
    private readonly double _seconds = (report.Elapsed - (before?.Elapsed ?? default)).TotalSeconds;

    public int Number => service.Runs;

    public DateTimeOffset StartedAt => service.RunStarted;

    /// <summary>Movies whose palette was missing at the start; null until they are counted.</summary>
    public long? Total => service.Total;

    /// <summary>Movies of <see cref="Total"/> that are not settled yet.</summary>
    public long? Pending => service.Pending;

    /// <summary>The time left at the speed so far; null when it is not known.</summary>
    public double? LeftSeconds => service.Left?.TotalSeconds;

    /// <summary>Movies settled in a second; skipped movies do not count.</summary>
    public double MoviesPerSecond => _seconds > 0 ? (SettledIn(Report) - SettledIn(before)) / _seconds : 0;

    public IEnumerable<CurrentStageJson> Stages => Report.Stages.Select((stage, i) => new CurrentStageJson(stage, before?.Stages[i], _seconds)
    {
        Limits = stage.BusyShare >= Bottleneck.LimitingShare && stage == Report.Stages.MaxBy(static other => other.BusyShare),
    });

    private static long SettledIn(RunReport? report) => report is null ? 0 : report.Written + report.DeadLetters + report.Superseded;
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

/// <summary>A stage of the current run; shares are 0 to 1 and add up to 1.</summary>
internal sealed class CurrentStageJson(StageReport stage, StageReport? before, double seconds) : StageJson(stage)
{
    private readonly TimeSpan _busy = stage.Busy - (before?.Busy ?? default);
    private readonly TimeSpan _blocked = stage.Blocked - (before?.Blocked ?? default);
    private readonly TimeSpan _starved = stage.Starved - (before?.Starved ?? default);

    /// <summary>Items in progress now.</summary>
    public int InProgress => Stage.InProgress;

    /// <summary>Items held now: waiting, in progress, or finished and not yet taken.</summary>
    public int Held => Stage.Held;

    public double ItemsPerSecond => seconds > 0 ? (Stage.Items - (before?.Items ?? 0)) / seconds : 0;

    public double BusyShare => ShareOf(_busy);

    public double BlockedShare => ShareOf(_blocked);

    public double StarvedShare => ShareOf(_starved);

    /// <summary>Whether the stage limits the run.</summary>
    public required bool Limits { get; init; }

    private double ShareOf(TimeSpan part)
    {
        TimeSpan all = _busy + _blocked + _starved;
        return all > TimeSpan.Zero ? part / all : 0;
    }
}
