using System.Diagnostics.CodeAnalysis;

namespace PaletteEtl.Covers;

/// <summary>The number of covers fetched at once, which follows the latency and the failures of requests.</summary>
/// <remarks>Gradient2 of Netflix's concurrency-limits (https://github.com/Netflix/concurrency-limits): the number grows while the latency of
/// a round of requests stays near its long-term mean, and shrinks by their ratio. Other than there, the mean follows a risen latency slowly. The number doubles each round until the latency rises for the
/// first time, as in the slow start of TCP (RFC 5681).</remarks>
[SuppressMessage("Reliability", "CA1001", Justification = "A semaphore whose wait handle is not used holds nothing to dispose.")]
internal sealed class ConcurrencyLimit
{
    /// <summary>The latency, in long-term means, up to which it counts as unchanged.</summary>
    private const double Tolerance = 1.5;

    /// <summary>The weight of a round in the number.</summary>
    private const double Smoothing = 0.2;

    /// <summary>Requests after which the long-term mean follows a lasting change; after more when the latency has risen, or the mean would follow
    /// a queue at the server that this number makes.</summary>
    private const double LongTerm = 600, RisenLongTerm = 6_000;

    /// <summary>The share of failed requests above which the number falls at any latency, and its factor.</summary>
    private const double MostFailing = 0.1, Decrease = 0.8;

    /// <summary>Fewer requests are no round.</summary>
    private const int SmallestRound = 10;

    private readonly Lock _gate = new();
    private readonly int _least;
    private readonly SemaphoreSlim _free;
    private double _number;
    private bool _isStarting = true;
    private double _longTerm;
    private int _taken; // slots to take away once they are free
    private int _waiting;
    private int _requests, _failures, _leastFree = int.MaxValue;
    private double _seconds;

    /// <param name="least">The number it begins with and never falls below.</param>
    /// <param name="most">The number it never exceeds.</param>
    public ConcurrencyLimit(int least, int most)
    {
        (_least, Most, _number, Value) = (least, most, least, least);
        _free = new SemaphoreSlim(least);
    }

    /// <summary>The number now.</summary>
    public int Value { get; private set; }

    /// <summary>The number it never exceeds.</summary>
    public int Most { get; }

    /// <summary>Covers that wait for their fetch to begin.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Waits until one more cover may be fetched. Each call takes one of <see cref="Exit"/>.</summary>
    /// <exception cref="OperationCanceledException">The run is aborted.</exception>
    public async ValueTask EnterAsync(CancellationToken aborting)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await _free.WaitAsync(aborting).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>A cover is fetched, or failed.</summary>
    public void Exit()
    {
        lock (_gate)
        {
            if (_taken > 0)
            {
                _taken--;
                return;
            }
        }

        _free.Release();
    }

    /// <summary>A request has ended.</summary>
    /// <param name="latency">From the request to the last byte.</param>
    /// <param name="isFailure">Whether the server failed, or refused for its load.</param>
    public void Measured(TimeSpan latency, bool isFailure)
    {
        lock (_gate)
        {
            _requests++;
            _failures += isFailure ? 1 : 0;
            _seconds += isFailure ? 0 : latency.TotalSeconds;
            _leastFree = Math.Min(_leastFree, _free.CurrentCount);
            if (_requests >= Math.Max(SmallestRound, Value))
            {
                EndRound();
                (_requests, _failures, _seconds, _leastFree) = (0, 0, 0, int.MaxValue);
            }
        }
    }

    private void EndRound()
    {
        if (_failures > _requests * MostFailing)
        {
            _isStarting = false;
            Resize(_number * Decrease);
            return;
        }

        double mean = _seconds / (_requests - _failures);
        double span = mean > Tolerance * _longTerm ? RisenLongTerm : LongTerm;
        _longTerm = _longTerm == 0 ? mean : _longTerm + ((mean - _longTerm) * Math.Min(1, _requests / span));
        double gradient = Math.Clamp(Tolerance * _longTerm / mean, 0.5, 1);
        _isStarting &= gradient == 1;
        if (gradient == 1 && _leastFree > Value / 2)
        {
            return; // most slots were not used: what they would do to the latency is not known
        }

        Resize(_isStarting ? _number * 2 : _number + (((_number * gradient) + Math.Sqrt(_number) - _number) * Smoothing));
    }

    private void Resize(double number)
    {
        _number = Math.Clamp(number, _least, Most);
        int change = (int)_number - Value;
        Value += change;
        if (change < 0)
        {
            _taken -= change;
            while (_taken > 0 && _free.Wait(0))
            {
                _taken--;
            }
        }
        else
        {
            int kept = Math.Min(_taken, change);
            _taken -= kept;
            if (change > kept)
            {
                _free.Release(change - kept);
            }
        }
    }
}
