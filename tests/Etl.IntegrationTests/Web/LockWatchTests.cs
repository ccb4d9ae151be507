using Etl.Host.Web;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PaletteEtl.Hosting;
using PaletteEtl.Model;
using PaletteEtl.Palettes;
using PaletteEtl.Pipeline;
using PaletteEtl.Service;
using PaletteEtl.Telemetry;

namespace Etl.IntegrationTests.Web;

public sealed class LockWatchTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly TestMeterFactory _meters = new();
    private readonly ServiceMonitor _monitor;
    private readonly LockWatch _watch;

    public LockWatchTests()
    {
        _monitor = new ServiceMonitor(_clock);
        _watch = new LockWatch(_clock);
    }

    public void Dispose() => _meters.Dispose();

    [Fact]
    public void Add_ABatchIsNotAccepted_SaysHowLongUntilItIs()
    {
        EtlRun run = Run();
        Assert.Null(Pass(seconds: 10));

        run.Write.ItemStarted();
        Assert.Null(Pass(seconds: 4));
        Assert.Equal(TimeSpan.FromSeconds(5), Pass(seconds: 1));
        Assert.Equal(TimeSpan.FromSeconds(20), Pass(seconds: 15));

        Settle(run);
        Assert.Null(Pass(seconds: 1));
    }

    [Fact]
    public void Add_BatchesOfManySecondsAreAccepted_IsNone()
    {
        EtlRun run = Run();
        for (int batch = 0; batch < 10; batch++)
        {
            run.Write.ItemStarted();
            Assert.Null(Pass(seconds: 4));
            Settle(run);
        }
    }

    [Fact]
    public void Add_TheNextRunAfterALock_GoesOnWaitingBeforeItsFirstBatch()
    {
        EtlRun run = Run();
        run.Write.ItemStarted();
        Pass(seconds: 30);
        run.Ended(RunEnding.Faulted);
        _monitor.RunEnded();
        _monitor.Waiting("It is locked.", isLocked: true);
        Assert.Equal(TimeSpan.FromSeconds(31), Pass(seconds: 1));

        run = Run();
        Assert.Equal(TimeSpan.FromSeconds(32), Pass(seconds: 1));

        Settle(run);
        Assert.Null(Pass(seconds: 1));
    }

    [Fact]
    public void Add_ALockOfAnIdleService_IsKnownAtOnceAndEndsWithIt()
    {
        Pass(seconds: 100);
        _monitor.Waiting("It is locked.", isLocked: true);
        Assert.Equal(TimeSpan.FromSeconds(1), Pass(seconds: 1));

        _monitor.Idle(nextRetry: null);
        Assert.Null(Pass(seconds: 1));
    }

    [Fact]
    public void Add_DatabaseIsGone_IsNoLock()
    {
        _monitor.Waiting("It is not there.", isLocked: false);

        Assert.Null(Pass(seconds: 100));
    }

    /// <summary>Seconds go by, each with a look at its end.</summary>
    private TimeSpan? Pass(int seconds)
    {
        TimeSpan? last = null;
        for (int i = 0; i < seconds; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            last = _watch.Add(_monitor.Snapshot());
        }

        return last;
    }

    private EtlRun Run()
    {
        var run = new EtlRun(new EtlOptions().Run, new EtlMetrics(_meters), _clock, NullLogger.Instance);
        _monitor.RunStarted(run);
        run.MovieRead(Movie, since: 0);
        return run;
    }

    private static void Settle(EtlRun run)
    {
        Outcome[] outcomes = [new(OutcomeKind.Written)];
        run.BatchWritten([new Item<Palette>(Movie, Value: default)], outcomes, BatchResult.Of(outcomes));
    }

    private static Movie Movie => new(new RowKey(1), new MovieId("1"));
}
