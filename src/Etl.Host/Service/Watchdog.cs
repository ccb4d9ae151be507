using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;

namespace Etl.Host.Service;

/// <summary>Tells systemd, where it asks for that, that the process is alive: that its timers and threads still run.</summary>
internal sealed class Watchdog(TimeProvider clock, IEnumerable<ISystemdNotifier> notifiers) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (notifiers.FirstOrDefault() is not { } notifier || Limit is not { } limit)
        {
            return;
        }

        using var timer = new PeriodicTimer(limit / 3, clock);
        using CancellationTokenRegistration ending = stoppingToken.Register(timer.Dispose);
        while (await timer.WaitForNextTickAsync(CancellationToken.None).ConfigureAwait(false))
        {
            notifier.Notify(new Microsoft.Extensions.Hosting.Systemd.ServiceState("WATCHDOG=1"));
        }
    }

    /// <summary>Within which time systemd wants to hear something; null when it does not.</summary>
    private static TimeSpan? Limit =>
        long.TryParse(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out long microseconds)
        && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds)
            : null;
}
