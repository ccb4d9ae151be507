using PaletteEtl.Pipeline;
using PaletteEtl.Service;

namespace Etl.Host.Web;

/// <summary>Measures how long the database has not accepted a batch: another program holds a lock.</summary>
internal sealed class LockWatch(TimeProvider clock)
{
    /// <summary>Longer than a commit usually takes.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(5);

    private long _settled;
    private long _acceptedAt = clock.GetTimestamp();
    private bool _isLocked;

    /// <summary>Adds the service as it is now. Returns the time; null unless that is long.</summary>
    public TimeSpan? Add(ServiceSnapshot service)
    {
        long now = clock.GetTimestamp();
        long settled = service.Totals.Settled + service.Totals.Skipped;
        bool waits = service.IsLocked || (service.State is ServiceState.Running or ServiceState.Draining && WaitsToWrite(service.Run));
        if (settled != _settled || !waits)
        {
            (_settled, _acceptedAt) = (settled, now);
        }

        TimeSpan waited = clock.GetElapsedTime(_acceptedAt, now);
        _isLocked = service.IsLocked || waited >= Long;
        return _isLocked ? waited : null;
    }

    /// <summary>A run after one that a lock ended waits from its beginning, also before its first batch.</summary>
    private bool WaitsToWrite(RunReport? run) => run is { Ending: RunEnding.Running }
        && (_isLocked || run.Stages.Any(static stage => stage is { Name: StageNames.Write, InProgress: > 0 }));
}
