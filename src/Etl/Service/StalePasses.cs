using Microsoft.Extensions.Logging;
using PaletteEtl.Catalogue;
using PaletteEtl.Telemetry;

namespace PaletteEtl.Service;

/// <summary>The movies whose palette may be stale, each once in every <see cref="EtlServiceOptions.RefreshInterval"/>. A pass is spread evenly
/// over the interval and read in slices, between which new movies come first.</summary>
/// <param name="candidates">Reads the movies whose palette may be made again.</param>
/// <param name="interval">The interval.</param>
/// <param name="monitor">Receives the progress.</param>
/// <param name="metrics">Receives the progress.</param>
/// <param name="clock">The time.</param>
/// <param name="start">Chooses the movie that the first pass starts at, from their number: a service that is often restarted would otherwise
/// check the first movies again and again.</param>
/// <param name="log">The logger.</param>
internal sealed partial class StalePasses(
    Func<IEnumerable<Movie>> candidates,
    TimeSpan interval,
    ServiceMonitor monitor,
    EtlMetrics metrics,
    TimeProvider clock,
    Func<long, long> start,
    ILogger<StalePasses> log) : IMovieSource, IDisposable
{
    /// <summary>Longest time between two slices, and longest time in which a slice reads: new movies wait for it.</summary>
    private static readonly TimeSpan SlicePeriod = TimeSpan.FromMinutes(1), SliceTime = TimeSpan.FromSeconds(5);

    private IEnumerator<Movie>? _pass;
    private DateTimeOffset _began, _due = DateTimeOffset.MinValue;
    private bool _isWhole;
    private bool _isFirst = true;
    private long _total, _checked, _outdated, _written, _failed, _sliceEnd;

    /// <summary>Whether a slice is due; when the clock has been set back, at once.</summary>
    public bool IsDue => clock.GetUtcNow() is var now && (now >= _due || now < _began);

    /// <summary>Whether one pass of this process has checked every palette.</summary>
    public bool HasCheckedAll { get; private set; }

    /// <summary>Starts a slice. Returns whether it has a movie; a run then reads it and the rest.</summary>
    /// <exception cref="CatalogueException">The catalogue cannot be read.</exception>
    public bool StartSlice()
    {
        if (_pass is null)
        {
            StartPass();
        }

        if (!_pass!.MoveNext())
        {
            EndPass();
            return false;
        }

        DateTimeOffset now = clock.GetUtcNow();
        TimeSpan period = SlicePeriod < interval ? SlicePeriod : interval;
        double share = (now + period - _began) / interval;
        Volatile.Write(ref _sliceEnd, share < 1 ? Math.Max((long)(share * _total), _checked + 1) : long.MaxValue);
        _due = Later(now + period, _began + (interval * PartOf(_sliceEnd)));
        return true;
    }

    public IEnumerable<Movie> ReadMissing(CancellationToken draining)
    {
        long started = clock.GetTimestamp();
        do
        {
            Check(_pass!.Current);
            yield return _pass.Current;
            if (_checked == _sliceEnd)
            {
                yield break;
            }

            if (draining.IsCancellationRequested || clock.GetElapsedTime(started) > SliceTime)
            {
                _due = clock.GetUtcNow();
                yield break;
            }
        }
        while (_pass.MoveNext());

        EndPass();
    }

    public long CountMissing(CancellationToken cancellationToken) =>
        Math.Max(0, Math.Min(Volatile.Read(ref _sliceEnd), Volatile.Read(ref _total)) - Volatile.Read(ref _checked));

    /// <summary>A run has settled a slice.</summary>
    /// <param name="written">Palettes made again.</param>
    /// <param name="failed">Palettes that stay because their cover failed.</param>
    public void Settled(long written, long failed)
    {
        _written += written;
        _failed += failed;
        Report();
    }

    /// <summary>The catalogue has failed. The next slice begins a new pass.</summary>
    public void Restart()
    {
        _pass?.Dispose();
        (_pass, _due, _isFirst) = (null, DateTimeOffset.MinValue, true);
    }

    public void Dispose()
    {
        _pass?.Dispose();
        monitor.Refreshed(null);
        metrics.RefreshProgressed(null);
    }

    private void StartPass()
    {
        (_total, _checked, _outdated, _written, _failed) = (0, 0, 0, 0, 0);
        foreach (Movie movie in candidates())
        {
            _total++;
            _outdated += movie.Provenance!.IsOutdated ? 1 : 0;
        }

        (_pass, _began) = (candidates().GetEnumerator(), clock.GetUtcNow());
        long first = _isFirst && _total > 0 ? start(_total) : 0;
        (_isFirst, _isWhole) = (false, first == 0);
        while (_checked < first && _pass.MoveNext())
        {
            Check(_pass.Current);
        }

        _began -= interval * PartOf(_checked);
        Report();
        if (_total > 0)
        {
            Started(log, _total - _checked, Math.Round(interval.TotalMinutes * (1 - PartOf(_checked)), 1));
        }
    }

    private void EndPass()
    {
        _pass!.Dispose();
        _pass = null;
        HasCheckedAll |= _isWhole;
        _total = _checked;
        _due = Later(clock.GetUtcNow(), _began + interval);
        Report();
    }

    private void Check(Movie movie)
    {
        Volatile.Write(ref _checked, _checked + 1);
        _outdated -= movie.Provenance!.IsOutdated ? 1 : 0;
    }

    private double PartOf(long movies) => _total == 0 ? 0 : Math.Min((double)movies / _total, 1);

    private void Report()
    {
        (long pending, long outdated) = (Math.Max(0, _total - _checked), Math.Max(0, _outdated));
        metrics.RefreshProgressed(new RefreshGauges(pending, outdated));
        monitor.Refreshed(new RefreshProgress(
            Math.Max(_total, _checked), _checked, outdated, _written, _failed, _began, _pass is null ? _due : null));
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    [LoggerMessage(145, LogLevel.Information, "Checking {Palettes} palettes for stale ones within {Minutes} min.")]
    private static partial void Started(ILogger log, long palettes, double minutes);
}
