using Microsoft.Extensions.Time.Testing;
using PaletteEtl.Service;

namespace Etl.IntegrationTests.Service;

public sealed class ServiceMonitorTests
{
    private readonly ServiceMonitor _monitor = new(new FakeTimeProvider());

    public static TheoryData<string> Reports => ["idle", "waiting", "standby", "paused"];

    [Theory]
    [MemberData(nameof(Reports))]
    public void Snapshot_ServiceDrains_StaysDraining(string report)
    {
        _monitor.Draining();

        Report(report);

        Assert.Equal(ServiceState.Draining, _monitor.Snapshot().State);
    }

    [Fact]
    public void Snapshot_ServiceIsIdleAndPaused_IsPaused()
    {
        _monitor.Idle(nextRetry: null);
        _monitor.Paused(isPaused: true);

        Assert.Equal(ServiceState.Paused, _monitor.Snapshot().State);
    }

    private void Report(string report)
    {
        switch (report)
        {
            case "idle": _monitor.Idle(nextRetry: null); break;
            case "waiting": _monitor.Waiting("The database is locked.", isLocked: true); break;
            case "standby": _monitor.StandingBy("Another service leads."); break;
            default: _monitor.Paused(isPaused: true); break;
        }
    }
}
