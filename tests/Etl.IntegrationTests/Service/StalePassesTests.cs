using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PaletteEtl.Model;
using PaletteEtl.Service;
using PaletteEtl.Telemetry;

namespace Etl.IntegrationTests.Service;

/// <summary>How the service spreads the check of palettes for stale ones over an interval.</summary>
public sealed class StalePassesTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly ServiceMonitor _monitor;
    private readonly List<string> _read = [];
    private string[] _movies = [];
    private int _passes;

    public StalePassesTests() => _monitor = new ServiceMonitor(_clock);

    public void Dispose() => _services.Dispose();

    [Fact]
    public void StartSlice_OneDay_ReadsEachMovieOnceEvenlySpread()
    {
        using StalePasses passes = Over(movies: 4_320, TimeSpan.FromDays(1));

        Assert.Equal([3, 3, 3], [ReadSlice(passes), AfterAMinute(passes), AfterAMinute(passes)]);
        for (int minute = 3; minute < 1_440; minute++)
        {
            AfterAMinute(passes);
        }

        Assert.Equal(_movies, _read);
        Assert.True(passes.HasCheckedAll);
        RefreshProgress progress = _monitor.Snapshot().Refresh!;
        Assert.Equal((4_320, 4_320, 0), (progress.Total, progress.Checked, progress.Outdated));
        Assert.Equal(progress.StartedAt + TimeSpan.FromDays(1), progress.NextAt);
    }

    [Fact]
    public void StartSlice_FewerMoviesThanMinutes_IsDueOnceThereIsAMovie()
    {
        using StalePasses passes = Over(movies: 24, TimeSpan.FromDays(1));

        Assert.Equal(1, ReadSlice(passes));
        _clock.Advance(TimeSpan.FromMinutes(59));
        Assert.False(passes.IsDue);
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1, ReadSlice(passes));
    }

    [Fact]
    public void ReadMissing_SliceTakesLong_EndsAndIsDueAgain()
    {
        using StalePasses passes = Over(movies: 100, TimeSpan.FromMinutes(1));

        Assert.True(passes.StartSlice());
        foreach (Movie movie in passes.ReadMissing(TestContext.Current.CancellationToken))
        {
            _read.Add(movie.Id.Text!);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(6, _read.Count); // the first after 5 s ends it
        Assert.True(passes.IsDue);
    }

    [Fact]
    public void StartSlice_PassHasEnded_BeginsTheNextAfterTheInterval()
    {
        using StalePasses passes = Over(movies: 10, TimeSpan.FromSeconds(30));
        Assert.Equal(10, ReadSlice(passes));

        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(passes.IsDue);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(10, ReadSlice(passes));
        Assert.Equal(4, _passes); // each counts first
    }

    [Fact]
    public void StartSlice_FirstPassStartsMidway_TheNextIsWhole()
    {
        using StalePasses passes = Over(movies: 10, TimeSpan.FromSeconds(30), start: 7);

        Assert.Equal(3, ReadSlice(passes));
        Assert.False(passes.HasCheckedAll);
        _clock.Advance(TimeSpan.FromSeconds(9)); // the rest of the interval

        Assert.Equal(10, ReadSlice(passes));
        Assert.True(passes.HasCheckedAll);
    }

    [Fact]
    public void StartSlice_NoPalettes_LooksAgainAfterTheInterval()
    {
        using StalePasses passes = Over(movies: 0, TimeSpan.FromMinutes(10));

        Assert.False(passes.StartSlice());
        Assert.False(passes.IsDue);
        Assert.True(passes.HasCheckedAll);
    }

    [Fact]
    public void Restart_CatalogueFailed_BeginsANewPassAtOnce()
    {
        using StalePasses passes = Over(movies: 100, TimeSpan.FromDays(1));
        ReadSlice(passes);

        passes.Restart();

        Assert.True(passes.IsDue);
        Assert.Equal(1, ReadSlice(passes));
        Assert.Equal(["0", "0"], _read);
    }

    [Fact]
    public void IsDue_ClockIsSetBack_IsTrue()
    {
        var clock = new SettableClock(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        using StalePasses passes = Over(movies: 100, TimeSpan.FromDays(1), clock: clock);
        Assert.True(passes.StartSlice());
        Assert.False(passes.IsDue);

        clock.SetBy = -TimeSpan.FromHours(1);

        Assert.True(passes.IsDue);
    }

    [Fact]
    public void ReadMissing_OutdatedPalettes_AreCountedDown()
    {
        var metrics = new EtlMetrics(Meters);
        using var pending = new MetricCollector<long>(Meters, EtlTelemetry.MeterName, "etl.refresh.pending");
        using var outdated = new MetricCollector<long>(Meters, EtlTelemetry.MeterName, "etl.refresh.outdated");
        StalePasses passes = Over(movies: 1_440, TimeSpan.FromDays(1), metrics: metrics);

        ReadSlice(passes);
        passes.Settled(written: 1, failed: 0);

        Assert.Equal((1_439, 719), (Last(pending), Last(outdated)));
        passes.Dispose();
        Assert.Equal((1_439, 719), (Last(pending), Last(outdated))); // nothing new is measured
        Assert.Null(_monitor.Snapshot().Refresh);
    }

    private static long Last(MetricCollector<long> collector)
    {
        collector.RecordObservableInstruments();
        return collector.LastMeasurement!.Value;
    }

    private IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    private StalePasses Over(int movies, TimeSpan interval, long start = 0, TimeProvider? clock = null, EtlMetrics? metrics = null)
    {
        _movies = [.. Enumerable.Range(0, movies).Select(static i => $"{i}")];
        return new StalePasses(
            Candidates, interval, _monitor, metrics ?? new EtlMetrics(Meters), clock ?? _clock, _ => start, NullLogger<StalePasses>.Instance);

        IEnumerable<Movie> Candidates()
        {
            if (_movies.Length > 0)
            {
                _passes++;
            }

            return _movies.Select(static (id, i) => new Movie(new RowKey(i), new MovieId(id))
            {
                Provenance = new Provenance(Version: null, Content: null, IsOutdated: i % 2 == 0),
            });
        }
    }

    private int AfterAMinute(StalePasses passes)
    {
        Assert.False(passes.IsDue);
        _clock.Advance(TimeSpan.FromMinutes(1));
        return ReadSlice(passes);
    }

    private int ReadSlice(StalePasses passes)
    {
        Assert.True(passes.IsDue);
        Assert.True(passes.StartSlice());
        string[] slice = [.. passes.ReadMissing(CancellationToken.None).Select(static movie => movie.Id.Text!)];
        _read.AddRange(slice);
        return slice.Length;
    }
}
