using Etl.Cluster.Workers;
using Etl.Host.Outputs;
using Etl.Host.Run;
using Etl.Host.Service;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;

namespace Etl.Host.Cluster;

/// <summary>Reports to supervisors whether a worker is alive: by a file, and by notifications to systemd.</summary>
/// <remarks>A stall is reported at once: waiting until the file is old, or until systemd's limit, would take longer than a minute.</remarks>
/// <param name="health">The health of the worker.</param>
/// <param name="file">The file; null for none.</param>
/// <param name="systemd">Notifies systemd.</param>
/// <param name="clock">Measures the intervals.</param>
/// <param name="log">The logger.</param>
internal sealed partial class WorkerSupervision(
    WorkerHealth health, OutputFile? file, ISystemdNotifier systemd, TimeProvider clock, ILogger log)
{
    private bool _isStalled;

    /// <summary>Reports until the worker has ended.</summary>
    /// <exception cref="IOException">The file cannot be written at the start.</exception>
    public async Task RunAsync(Task worker)
    {
        Write();
        systemd.Notify(ServiceState.Ready);
        Task watchdog = Watchdog.Interval is { } interval
            ? PeriodicTask.RunWhileAsync(worker, interval, clock, Notify)
            : Task.CompletedTask;
        await PeriodicTask.RunWhileAsync(worker, HealthFile.Interval, clock, Check);
        await watchdog;
        Delete();
        await worker;
    }

    private void Check()
    {
        string? stall = health.Stall();
        if (stall is not null && !_isStalled)
        {
            Stalled(log, stall);
        }

        _isStalled = stall is not null;
        try
        {
            if (_isStalled)
            {
                Delete();
            }
            else
            {
                Write();
            }
        }
        catch (IOException error)
        {
            Unwritable(log, error.Message);
        }
    }

    private void Write()
    {
        if (file is not null)
        {
            HealthFile.Write(file, clock);
        }
    }

    private void Delete()
    {
        if (file is not null)
        {
            File.Delete(file.File.RealPath);
        }
    }

    private void Notify() => systemd.Notify(health.Stall() is null ? Watchdog.Alive : Watchdog.Stalled);

    [LoggerMessage(145, LogLevel.Error, "{Stall:l} The worker counts as dead until they make progress.")]
    private static partial void Stalled(ILogger log, string stall);

    [LoggerMessage(146, LogLevel.Warning, "{Problem:l}")]
    private static partial void Unwritable(ILogger log, string problem);
}
