using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;

namespace Etl.Host.Service;

/// <summary>Tells systemd, where it asks for that, that the process is alive: that its timers and threads still run.</summary>
internal sealed class Watchdog(TimeProvider clock, IEnumerable<ISystemdNotifier> notifiers) : BackgroundService
{
    /// <summary>The notification that the process is alive.</summary>
    public static readonly ServiceState Alive = new("WATCHDOG=1");

    /// <summary>The notification that the process is not alive, on which systemd acts as on the end of its limit.</summary>
    public static readonly ServiceState Stalled = new("WATCHDOG=trigger");

    /// <summary>Time between two notifications, a third of systemd's limit; null when systemd watches nothing.</summary>
    public static TimeSpan? Interval =>
        long.TryParse(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out long microseconds)
        && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds) / 3
            : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (notifiers.FirstOrDefault() is not { } notifier || Interval is not { } interval)
        {
            return;
        }

        using var timer = new PeriodicTimer(interval, clock);
        using CancellationTokenRegistration ending = stoppingToken.Register(timer.Dispose);
        while (await timer.WaitForNextTickAsync(CancellationToken.None).ConfigureAwait(false))
        {
            notifier.Notify(Alive);
        }
    }
}
