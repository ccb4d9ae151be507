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

public sealed class ServiceRatesTests : IDisposable
{
    private static readonly Failure NotFound = new("fetch", FailureReason.NotFound, "It is not there.", Version: null);
    private static readonly DeadLetter Before = new(FailureReason.NotFound, 1, Version: null);

    private readonly FakeTimeProvider _clock = new();
    private readonly TestMeterFactory _meters = new();
    private readonly ServiceMonitor _monitor;
    private readonly ServiceRates _rates;

    public ServiceRatesTests()
    {
        _monitor = new ServiceMonitor(_clock);
        _rates = new ServiceRates(_clock);
    }

    public void Dispose() => _meters.Dispose();

    [Fact]
    public void MoviesPerSecond_ShortRuns_GoesAcrossThem()
    {
        Add();
        for (int second = 0; second < 20; second++)
        {
            EtlRun run = Run(movies: 4);
            Settle(run, movies: 4);
            End(run);
            Tick();
        }

        ServiceSpeed speed = _rates.Add(_monitor.Snapshot(), pending: 80);
        Assert.Equal(4, speed.MoviesPerSecond);
        Assert.Equal(TimeSpan.FromSeconds(20), speed.Left);
    }

    [Fact]
    public void MoviesPerSecond_MoviesFailAgain_AreNoProgress()
    {
        Add();
        EtlRun run = Run(movies: 66, Before);
        Settle(run, movies: 66, new Outcome(OutcomeKind.DeadLetter, NotFound), Before);
        End(run);

        Assert.Equal(0, Tick().MoviesPerSecond);
        Assert.Equal((66, 66, 0), (_monitor.Snapshot().Totals.DeadLetters, _monitor.Snapshot().Totals.FailedAgain, _monitor.Snapshot().Totals.NewFailures));
    }

    [Fact]
    public void Stalled_NothingMovesDuringARun_SaysHowLongAndGivesNoTimeLeft()
    {
        EtlRun run = Run(movies: 10);
        Add();
        Settle(run, movies: 5);
        Assert.Equal(TimeSpan.FromSeconds(1), Tick().Left);

        Assert.Null(Tick(seconds: 14).Stalled);
        ServiceSpeed stalled = Tick();
        Assert.Equal((TimeSpan.FromSeconds(15), null), (stalled.Stalled, stalled.Left));

        Settle(run, movies: 1);
        Assert.Null(Tick().Stalled);
    }

    [Fact]
    public void Stalled_NoRunIsUnderWay_IsNot()
    {
        Assert.Null(Tick(seconds: 100).Stalled);
    }

    private ServiceSpeed Add() => _rates.Add(_monitor.Snapshot(), pending: 5);

    /// <summary>Seconds go by, each with a sample at its end.</summary>
    private ServiceSpeed Tick(int seconds = 1)
    {
        ServiceSpeed last = default;
        for (int i = 0; i < seconds; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            last = Add();
        }

        return last;
    }

    private EtlRun Run(int movies, DeadLetter? previous = null)
    {
        var run = new EtlRun(new EtlOptions().Run, new EtlMetrics(_meters), _clock, NullLogger.Instance);
        _monitor.RunStarted(run);
        for (int i = 0; i < movies; i++)
        {
            run.MovieRead(Movie(previous), since: 0);
        }

        return run;
    }

    private static void Settle(EtlRun run, int movies, Outcome? outcome = null, DeadLetter? previous = null)
    {
        Outcome[] outcomes = [.. Enumerable.Repeat(outcome ?? new Outcome(OutcomeKind.Written), movies)];
        Item<Palette>[] items = Array.ConvertAll(outcomes, _ => new Item<Palette>(Movie(previous), Value: default));
        run.BatchWritten(items, outcomes, BatchResult.Of(outcomes));
    }

    private void End(EtlRun run)
    {
        run.Ended(RunEnding.Completed);
        _monitor.RunEnded();
    }

    private static Movie Movie(DeadLetter? previous) => new(new RowKey(1), new MovieId("1"), Previous: previous);
}
