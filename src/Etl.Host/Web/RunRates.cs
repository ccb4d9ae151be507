using Etl.Host.Service;
using PaletteEtl.Pipeline;

namespace Etl.Host.Web;

/// <summary>What a run does at the moment: rates and shares over its last five seconds.</summary>
internal sealed class RunRates
{
    private const int Seconds = 5;

    private readonly Queue<RunReport> _reports = [];
    private int _run;

    public RunJson Describe(ServiceSnapshot now, RunReport report)
    {
        bool running = report.Ending == RunEnding.Running;
        if (_run != now.Runs || !running)
        {
            _run = now.Runs;
            _reports.Clear();
        }

        RunReport? before = _reports.TryPeek(out RunReport? oldest) ? oldest : null;
        if (running)
        {
            _reports.Enqueue(report);
            if (_reports.Count > Seconds)
            {
                _reports.Dequeue();
            }
        }

        double seconds = (report.Elapsed - (before?.Elapsed ?? default)).TotalSeconds;
        long settled = SettledIn(report) - (before is null ? 0 : SettledIn(before));
        StageReport busiest = report.Stages.MaxBy(static stage => stage.BusyShare)!;
        return new RunJson(
            now.Runs,
            running,
            now.RunStarted,
            report.Elapsed.TotalSeconds,
            report.Read,
            report.Written,
            report.Damaged,
            report.DeadLetters,
            report.Superseded,
            report.SupersededMissing,
            report.Skipped,
            report.InFlight,
            report.Abandoned,
            now.Total,
            now.Pending,
            now.Left?.TotalSeconds,
            seconds > 0 ? settled / seconds : 0,
            report.Verdict,
            [.. report.Stages.Select((stage, i) => Describe(stage, before?.Stages[i], seconds, stage == busiest))]);
    }

    private static long SettledIn(RunReport report) => report.Written + report.DeadLetters + report.Superseded;

    private static StageJson Describe(StageReport stage, StageReport? before, double seconds, bool isBusiest)
    {
        TimeSpan busy = stage.Busy - (before?.Busy ?? default);
        TimeSpan blocked = stage.Blocked - (before?.Blocked ?? default);
        TimeSpan starved = stage.Starved - (before?.Starved ?? default);
        TimeSpan all = busy + blocked + starved;
        return new StageJson(
            stage.Name,
            stage.Workers,
            stage.WorkersBusy,
            stage.Capacity,
            stage.Held,
            stage.Items,
            stage.Failures,
            seconds > 0 ? (stage.Items - (before?.Items ?? 0)) / seconds : 0,
            stage.P50.TotalSeconds,
            stage.P95.TotalSeconds,
            Share(busy, all),
            Share(blocked, all),
            Share(starved, all),
            isBusiest && stage.BusyShare >= Verdict.Limits);
    }

    private static double Share(TimeSpan part, TimeSpan all) => all > TimeSpan.Zero ? part / all : 0;
}
