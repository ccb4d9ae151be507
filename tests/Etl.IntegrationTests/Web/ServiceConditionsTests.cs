using Etl.Host.Web;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PaletteEtl.Hosting;
using PaletteEtl.Pipeline;
using PaletteEtl.Service;
using PaletteEtl.Telemetry;

namespace Etl.IntegrationTests.Web;

public sealed class ServiceConditionsTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly TestMeterFactory _meters = new();
    private readonly ServiceMonitor _monitor;

    public ServiceConditionsTests() => _monitor = new ServiceMonitor(_clock);

    public void Dispose() => _meters.Dispose();

    [Fact]
    public void Of_NothingToDo_IsIdleOrNotReady()
    {
        Assert.Equal(ServiceCondition.Idle, Now());
        Assert.Equal(ServiceCondition.NotReady, Now(isReady: false));
    }

    [Fact]
    public void Of_ARunOrOneThatEndedInTheSecond_IsRunning()
    {
        Assert.Equal(ServiceCondition.Running, Now(settled: true));

        Run();

        Assert.Equal(ServiceCondition.Running, Now());
        Assert.Equal(ServiceCondition.Running, Now(isReady: false)); // movies move all the same
    }

    [Fact]
    public void Of_NothingMovesInARun_IsStalled()
    {
        Run();

        Assert.Equal(ServiceCondition.Stalled, Now(isStalled: true));
    }

    [Fact]
    public void Of_ALockDuringARun_IsLocked()
    {
        Run();

        Assert.Equal(ServiceCondition.Locked, Now(isLocked: true, isStalled: true));
    }

    [Theory]
    [InlineData(true, (int)ServiceCondition.Locked)]
    [InlineData(false, (int)ServiceCondition.Waiting)]
    public void Of_DatabaseCannotBeUsed_SaysWhetherALockIsTheCause(bool isLocked, int expected)
    {
        _monitor.Waiting("It cannot be used.", isLocked);

        Assert.Equal((ServiceCondition)expected, Now(isLocked: isLocked));
    }

    [Fact]
    public void Of_OtherStates_AreThose()
    {
        _monitor.StandingBy("Another service leads.");
        Assert.Equal(ServiceCondition.Standby, Now());
        _monitor.Paused(isPaused: true);
        Assert.Equal(ServiceCondition.Paused, Now());
        _monitor.Draining();
        Assert.Equal(ServiceCondition.Draining, Now(isStalled: true));
    }

    [Fact]
    public void Name_OfEach_IsInCamelCase() => Assert.Equal(
        "idle running paused standby draining notReady stalled outage locked waiting",
        string.Join(' ', Enum.GetValues<ServiceCondition>().Select(ServiceConditions.Name)));

    private ServiceCondition Now(bool settled = false, bool isLocked = false, bool isStalled = false, bool isReady = true) =>
        ServiceConditions.Of(_monitor.Snapshot(), settled, isLocked, isStalled, isReady);

    private void Run() => _monitor.RunStarted(new EtlRun(new EtlOptions().Run, new EtlMetrics(_meters), _clock, NullLogger.Instance));
}
