using Etl.Host.Service;
using PaletteEtl.Pipeline;

namespace Etl.Host.Web;

/// <summary>The run under way, or else the last one. <c>total</c> and <c>pending</c> are null until the movies it has before
/// it are counted, <c>left</c> while that cannot be told; the speed is that of the last seconds, or of the whole run once it
/// has ended; <c>damaged</c> are those of the palettes written whose cover is damaged.</summary>
/// <param name="service">The service with this run.</param>
/// <param name="report">The run now.</param>
/// <param name="before">The run some seconds ago; null for its start.</param>
internal sealed class RunJson(ServiceSnapshot service, RunReport report, RunReport? before)
{
    private readonly double _seconds = (report.Elapsed - (before?.Elapsed ?? default)).TotalSeconds;

    public int Number => service.Runs;

    public bool Running => report.Ending == RunEnding.Running;

    public DateTimeOffset StartedAt => service.RunStarted;

    public double Elapsed => report.Elapsed.TotalSeconds;

    public long Read => report.Read;

    public long Written => report.Written;

    public long Damaged => report.Damaged;

    public long DeadLetters => report.DeadLetters;

    public long Superseded => report.Superseded;

    public long SupersededMissing => report.SupersededMissing;

    public long Skipped => report.Skipped;

    public long InFlight => report.InFlight;

    public long Abandoned => report.Abandoned;

    public long? Total => service.Total;

    public long? Pending => service.Pending;

    public double? Left => service.Left?.TotalSeconds;

    public double MoviesPerSecond => _seconds > 0 ? (SettledIn(report) - SettledIn(before)) / _seconds : 0;

    public string Verdict => report.Verdict;

    public IEnumerable<StageJson> Stages => report.Stages.Select((stage, i) => new StageJson(stage, before?.Stages[i], _seconds)
    {
        Limits = stage.BusyShare >= PaletteEtl.Pipeline.Verdict.Limits && stage == report.Stages.MaxBy(static other => other.BusyShare),
    });

    private static long SettledIn(RunReport? report) => report is null ? 0 : report.Written + report.DeadLetters + report.Superseded;
}

/// <summary>A stage of a run. Rate and shares of its workers' time are those of the last seconds, or of the whole run once
/// it has ended; shares are 0 to 1 and add up to 1.</summary>
internal sealed class StageJson(StageReport stage, StageReport? before, double seconds)
{
    private readonly TimeSpan _busy = stage.Busy - (before?.Busy ?? default);
    private readonly TimeSpan _blocked = stage.Blocked - (before?.Blocked ?? default);
    private readonly TimeSpan _starved = stage.Starved - (before?.Starved ?? default);

    public string Name => stage.Name;

    public int Workers => stage.Workers;

    public int WorkersBusy => stage.WorkersBusy;

    public int Capacity => stage.Capacity;

    public int Held => stage.Held;

    public long Items => stage.Items;

    public long Failures => stage.Failures;

    public double ItemsPerSecond => seconds > 0 ? (stage.Items - (before?.Items ?? 0)) / seconds : 0;

    public double P50 => stage.P50.TotalSeconds;

    public double P95 => stage.P95.TotalSeconds;

    public double Busy => ShareOf(_busy);

    public double Blocked => ShareOf(_blocked);

    public double Starved => ShareOf(_starved);

    public required bool Limits { get; init; }

    private double ShareOf(TimeSpan part)
    {
        TimeSpan all = _busy + _blocked + _starved;
        return all > TimeSpan.Zero ? part / all : 0;
    }
}
