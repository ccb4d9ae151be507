using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using PaletteEtl.Covers;
using PaletteEtl.Telemetry;

namespace PaletteEtl.Pipeline;

/// <summary>Holds the movies of a run during an outage of all locations of covers, instead of letting each fail.</summary>
/// <remarks>A held movie keeps its place in the stage, so the stage fills up and reading pauses. The movies take turns: one at a time is
/// fetched again, and the first that the locations answer for ends the outage for all.</remarks>
/// <param name="options">How long the run waits; no movie is held if that is zero.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">The logger.</param>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore holds nothing to dispose before its wait handle is asked for.")]
internal sealed class CoverOutage(FetchOptions options, TimeProvider clock, ILogger log)
{
    /// <summary>Time between two turns.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Number of turns that reach a server which fails them, after which a movie fails by itself. Otherwise a few covers that a
    /// server always fails could hold all others.</summary>
    private const int MaxAnswers = 4;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turn = new(1);
    private volatile OutageState? _state;
    private volatile int _changes; // beginnings and ends of outages
    private volatile bool _hasAnswer; // of any location
    private RunAbort? _abort;
    private CancellationToken _draining;
    private long _began;
    private TimeSpan _ended; // the sum of the outages that have ended
    private string? _lastCause;

    /// <summary>The outage; null when there is none.</summary>
    public OutageState? State => _state;

    /// <summary>Whether the run never gives up.</summary>
    public bool IsEndless { get; set; }

    /// <summary>The outages until a timestamp; null when there was none.</summary>
    public OutageTotal? TotalUntil(long timestamp)
    {
        lock (_gate)
        {
            TimeSpan current = _state is null ? TimeSpan.Zero : clock.GetElapsedTime(_began, timestamp);
            return _lastCause is null ? null : new OutageTotal(_lastCause, _ended + current, IsOver: _state is null);
        }
    }

    /// <summary>Holds movies from now on.</summary>
    /// <param name="abort">Ends the run after the timeout.</param>
    /// <param name="draining">Drops the movies held: a drain does not wait for the end of an outage.</param>
    public void Attach(RunAbort abort, CancellationToken draining)
    {
        if (options.OutageTimeout > TimeSpan.Zero)
        {
            (_abort, _draining) = (abort, draining);
        }
    }

    /// <summary>Fetches a movie's cover, once there is no outage.</summary>
    /// <exception cref="HeldMovieException">The run drains.</exception>
    /// <inheritdoc cref="ICoverSource.FetchAsync"/>
    public async ValueTask<FetchResult> FetchAsync(ICoverSource covers, Movie movie, StageReservation memory, CancellationToken aborting)
    {
        int answers = 0;
        while (true)
        {
            int changes = _changes;
            try
            {
                if (_state is null)
                {
                    FetchResult fetched = await covers.FetchAsync(movie, memory, aborting).ConfigureAwait(false);
                    _hasAnswer = true;
                    return fetched;
                }

                using SemaphoreLease turn = await TurnAsync(memory, aborting).ConfigureAwait(false);
                if (_state is not null)
                {
                    return await TryAsync(covers, movie, memory, aborting).ConfigureAwait(false);
                }
            }
            catch (CoverException error) when (
                _abort is not null && error.Outage is not null && (!error.IsAnswered || ++answers < MaxAnswers))
            {
                memory.Shrink(0);
                _hasAnswer |= error.IsAnswered;
                Found(error.Outage);
            }
            catch (CoverException error) when (changes != _changes && error.Reason.IsTransient())
            {
                memory.Shrink(0); // an outage began or ended meanwhile, and may be the reason
            }
            catch (CoverException error) when (error.Reason != FailureReason.InvalidId) // for which no location is asked
            {
                _hasAnswer = true;
                throw;
            }
        }
    }

    /// <summary>Fetches a cover after the interval, and ends the outage if the locations answer.</summary>
    private async ValueTask<FetchResult> TryAsync(ICoverSource covers, Movie movie, StageReservation memory, CancellationToken aborting)
    {
        await HeldAsync(ending => Task.Delay(Interval, clock, ending), memory, aborting).ConfigureAwait(false);
        try
        {
            FetchResult fetched = await covers.FetchAsync(movie, memory, aborting).ConfigureAwait(false);
            Ended();
            return fetched;
        }
        catch (CoverException error) when (error.Outage is null)
        {
            Ended();
            throw;
        }
    }

    /// <summary>Waits until it is the movie's turn.</summary>
    private async Task<SemaphoreLease> TurnAsync(StageReservation memory, CancellationToken aborting)
    {
        await HeldAsync(_turn.WaitAsync, memory, aborting).ConfigureAwait(false);
        return new SemaphoreLease(_turn);
    }

    /// <summary>Waits, and ends the wait when the run drains.</summary>
    private async Task HeldAsync(Func<CancellationToken, Task> wait, StageReservation memory, CancellationToken aborting)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(aborting, _draining);
        memory.HoldStarted();
        try
        {
            await wait(ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!aborting.IsCancellationRequested)
        {
            throw new HeldMovieException();
        }
        finally
        {
            memory.HoldEnded();
        }
    }

    /// <summary>A fetch has found the outage, or has found that it lasts.</summary>
    private void Found(string cause)
    {
        bool begins;
        lock (_gate)
        {
            begins = _state is null;
            _began = begins ? clock.GetTimestamp() : _began;
            _changes += begins ? 1 : 0;
            _state = new OutageState(_state?.Since ?? clock.GetUtcNow(), cause);
            _lastCause = cause;
        }

        if (!IsEndless && !options.WaitAtStart && !_hasAnswer)
        {
            _abort!.Fault(CoverOutageException.AtStart(cause, options.OutageTimeout));
        }
        else if (begins)
        {
            Log.OutageBegan(log, cause);
        }
        else if (!IsEndless && clock.GetElapsedTime(_began) >= options.OutageTimeout)
        {
            _abort!.Fault(CoverOutageException.Of(cause, options.OutageTimeout));
        }
    }

    private void Ended()
    {
        TimeSpan lasted;
        lock (_gate)
        {
            if (_state is null)
            {
                return;
            }

            lasted = clock.GetElapsedTime(_began);
            _ended += lasted;
            _changes++;
            _state = null;
        }

        Log.OutageEnded(log, lasted.TotalSeconds);
    }
}
