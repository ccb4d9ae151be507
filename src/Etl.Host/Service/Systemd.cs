using System.Net.Sockets;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;

namespace Etl.Host.Service;

/// <summary>Notifies systemd. A socket that cannot be reached is logged once, and ends nothing.</summary>
internal sealed partial class Systemd(ILogger<Systemd> log) : ISystemdNotifier
{
    private readonly SystemdNotifier _notifier = new();
    private int _failures;

    public bool IsEnabled => _notifier.IsEnabled;

    public void Notify(ServiceState state)
    {
        try
        {
            _notifier.Notify(state);
        }
        catch (SocketException error)
        {
            if (Interlocked.Increment(ref _failures) == 1)
            {
                Unreachable(log, error.Message);
            }
        }
    }

    [LoggerMessage(148, LogLevel.Warning, "systemd cannot be notified: {Problem:l}. Check NOTIFY_SOCKET.")]
    private static partial void Unreachable(ILogger log, string problem);
}
