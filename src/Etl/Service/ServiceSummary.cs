using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PaletteEtl.Service;

/// <summary>Logs once a minute what the service has done, if it has done anything.</summary>
internal sealed partial class ServiceSummary(
    ServiceMonitor monitor, CatalogueCounter counter, TimeProvider clock, ILogger<ServiceSummary> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private ServiceTotals _logged;
    private long _loggedAt = clock.GetTimestamp();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        using CancellationTokenRegistration ending = stoppingToken.Register(timer.Dispose);
        while (await timer.WaitForNextTickAsync(CancellationToken.None).ConfigureAwait(false))
        {
            LogChanges();
        }

        LogChanges(); // those of the last part of a minute
    }

    private void LogChanges()
    {
        ServiceSnapshot service = monitor.Snapshot();
        ServiceTotals now = service.Totals, before = _logged;
        double seconds = clock.GetElapsedTime(_loggedAt).TotalSeconds;
        (_logged, _loggedAt) = (now, clock.GetTimestamp());
        if (now == before)
        {
            return;
        }

        LogLevel level = now.NewFailures > before.NewFailures ? LogLevel.Warning : LogLevel.Information;
        Settled(
            log,
            level,
            seconds,
            now.Written - before.Written,
            now.NewFailures - before.NewFailures,
            now.FailedAgain - before.FailedAgain,
            now.Superseded - before.Superseded,
            now.Skipped - before.Skipped);
        if (counter.Snapshot(service) is { } catalogue)
        {
            Counted(log, catalogue.Complete, catalogue.Movies, catalogue.Pending, catalogue.Failed);
        }
    }

    [LoggerMessage(EventId = 155, Message = "In {Seconds:0} s: written {Written}, failed {Failed}, failed again {FailedAgain}, superseded {Superseded}, skipped {Skipped}.")]
    private static partial void Settled(
        ILogger log, LogLevel level, double seconds, long written, long failed, long failedAgain, long superseded, long skipped);

    [LoggerMessage(156, LogLevel.Information, "Of {Movies} movies {Complete} are complete, {Pending} are pending, and {Failed} have failed.")]
    private static partial void Counted(ILogger log, long complete, long movies, long pending, long failed);
}
