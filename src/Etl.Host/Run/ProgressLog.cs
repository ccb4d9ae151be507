using System.Globalization;
using Microsoft.Extensions.Logging;
using PaletteEtl.Pipeline;

namespace Etl.Host.Run;

/// <summary>Progress as log lines.</summary>
internal static partial class ProgressLog
{
    public static Task ShowAsync(EtlRun run, ILogger log, Task running, TimeProvider clock, TimeSpan interval) =>
        PeriodicTask.RunWhileAsync(running, interval, clock, () => Log(log, run));

    private static void Log(ILogger log, EtlRun run)
    {
        RunReport report = run.Report();
        if (report.Ending != RunEnding.Running)
        {
            return; // the line with the totals is the last one
        }

        long settled = report.Read - report.InFlight;
        if (run is { Total: { } all, Left: { } left })
        {
            Progressed(log, settled, all, RunSummary.PerSecond(report), left.ToString("h\\:mm\\:ss", CultureInfo.InvariantCulture));
        }
        else
        {
            Progressed(log, settled, RunSummary.PerSecond(report));
        }
    }

    [LoggerMessage(101, LogLevel.Information, "{Settled} of {Total} movies, {PerSecond:0} per second, {Left:l} left.")]
    private static partial void Progressed(ILogger log, long settled, long total, double perSecond, string left);

    [LoggerMessage(102, LogLevel.Information, "{Settled} movies, {PerSecond:0} per second.")]
    private static partial void Progressed(ILogger log, long settled, double perSecond);
}
