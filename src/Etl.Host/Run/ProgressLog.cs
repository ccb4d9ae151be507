using System.Globalization;
using Etl.Pipeline;
using Microsoft.Extensions.Logging;

namespace Etl.Host.Run;

/// <summary>Progress as log lines.</summary>
internal static partial class ProgressLog
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public static Task ShowAsync(RunProgress progress, ILogger log, Task run, TimeProvider clock) =>
        Ticks.WhileAsync(run, Interval, clock, () => Log(log, progress.Report, progress.Total));

    private static void Log(ILogger log, RunReport report, long? total)
    {
        long settled = report.Read - report.InFlight;
        if (total is { } all && RunProgress.Left(report, total) is { } left)
        {
            Progressed(log, settled, all, RunSummary.PerSecond(report), left.ToString("h\\:mm\\:ss", CultureInfo.InvariantCulture));
        }
        else
        {
            Progressed(log, settled, RunSummary.PerSecond(report));
        }
    }

    [LoggerMessage(101, LogLevel.Information, "{Settled} of {Total} movies, {PerSecond:0} a second, {Left} left.")]
    private static partial void Progressed(ILogger log, long settled, long total, double perSecond, string left);

    [LoggerMessage(102, LogLevel.Information, "{Settled} movies, {PerSecond:0} a second.")]
    private static partial void Progressed(ILogger log, long settled, double perSecond);
}
