using System.Globalization;
using PaletteEtl.Pipeline;
using Spectre.Console;

namespace Etl.Host.Run;

/// <summary>Progress as live bars: one for the run, and one a stage that shows how full its buffer is.</summary>
internal static class ProgressDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(150);
    private const int BarWidth = 32;

    public static Task ShowAsync(EtlRun run, IAnsiConsole console, Task running, TimeProvider clock) =>
        console.Live(Draw(run)).AutoClear(true).StartAsync(live =>
            PeriodicTask.RunWhileAsync(running, Interval, clock, () => live.UpdateTarget(Draw(run))));

    private static Grid Draw(EtlRun run)
    {
        RunReport report = run.Report();
        long? total = run.Total;
        long settled = report.Read - report.InFlight;
        double share = total > 0 ? Math.Min(1, (double)settled / total.Value) : 0;
        Grid grid = new Grid().AddColumns(4);
        grid.AddRow(
            new Text(" palettes", new Style(decoration: Decoration.Bold)),
            Bar(share, Color.Green),
            new Text(total is { } all ? $"{RunSummary.Number(settled)} of {RunSummary.Number(all)}" : RunSummary.Number(settled)),
            new Text(Speed(report, run.Left)));
        foreach (StageReport stage in report.Stages)
        {
            grid.AddRow(
                new Text($" {stage.Name}"),
                Bar((double)stage.Held / stage.Capacity, Color.Blue),
                new Text(string.Create(CultureInfo.InvariantCulture, $"holds {stage.Held} of {stage.Capacity}")),
                new Text(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{stage.BusyShare * stage.DegreeOfParallelism:0.0} of {stage.DegreeOfParallelism} workers busy, p95 {stage.P95.TotalMilliseconds:0.0} ms")));
        }

        if (report.DeadLetters + report.Skipped > 0)
        {
            string skipped = report.Skipped > 0 ? $"{RunSummary.Number(report.Skipped)} skipped" : "";
            grid.AddRow(" ", "", $"{RunSummary.Number(report.DeadLetters)} dead letters", skipped);
        }

        return grid;
    }

    private static string Speed(RunReport report, TimeSpan? left)
    {
        string rate = string.Create(CultureInfo.InvariantCulture, $"{RunSummary.PerSecond(report):#,0} per second");
        return left is null ? rate : $"{rate}, {left:h\\:mm\\:ss} left";
    }

    private static Markup Bar(double share, Color color)
    {
        int full = (int)Math.Round(Math.Clamp(share, 0, 1) * BarWidth);
        return new Markup($"[{color.ToMarkup()}]{new string('█', full)}[/][grey35]{new string('░', BarWidth - full)}[/]");
    }
}
