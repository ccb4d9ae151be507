using System.Collections.Concurrent;
using System.Threading.Tasks.Dataflow;
using Etl.Cluster.Messages;
using PaletteEtl.Palettes;
using PaletteEtl.Pipeline;
using PaletteEtl.Telemetry;

namespace Etl.Cluster.Coordinator;

/// <summary>Brings together the movies that were asked for and the results that come, in whatever order and however often.</summary>
/// <param name="answered">Where answered movies go.</param>
/// <param name="monitor">Told of each movie that is answered for.</param>
/// <param name="metrics">Told of each result that is not used.</param>
/// <param name="aborting">Ends the wait for room.</param>
internal sealed class Answers(
    ITargetBlock<Item<Palette>> answered, StageMonitor monitor, EtlMetrics metrics, CancellationToken aborting)
{
    private readonly ConcurrentDictionary<string, AskedMovie> _asked = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (MovieResult Result, ResultDelivery Delivery)> _early = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, ResultDelivery> _unsettled = new();
    private long _unused;

    /// <summary>Results that no movie waited for: they came late, or once more.</summary>
    public long Unused => Interlocked.Read(ref _unused);

    /// <summary>Whether a movie still waits for its result.</summary>
    public bool IsAsked(string key) => _asked.ContainsKey(key);

    /// <summary>Keeps a movie until its result comes. False when no worker need be asked: the result has come, to a run before
    /// this one, or it was convicted before.</summary>
    public async Task<bool> AskAsync(WantedMovie wanted, AskedMovie movie)
    {
        _asked[wanted.Key] = movie;
        if (_early.TryRemove(wanted.Key, out (MovieResult Result, ResultDelivery Delivery) early))
        {
            await AnswerAsync(early.Result, early.Delivery).ConfigureAwait(false);
            early.Delivery.Release();
            return false;
        }

        if (wanted.Previous is { Stands: true, Reason: FailureReason.Crashed, Version: null })
        {
            await AnswerAsync(Conviction.Stands(wanted.Key), delivery: null).ConfigureAwait(false);
            return false;
        }

        return true;
    }

    /// <summary>Keeps a result that came before its movie was read.</summary>
    public void Keep(MovieResult result, ResultDelivery delivery)
    {
        delivery.Hold();
        if (!_early.TryAdd(result.Key, (result, delivery)))
        {
            Drop();
            delivery.Release();
        }
    }

    /// <summary>Hands a result to the movie that waits for it, if one does.</summary>
    /// <param name="result">The result.</param>
    /// <param name="delivery">What it came with; null when no message did.</param>
    public async Task AnswerAsync(MovieResult result, ResultDelivery? delivery)
    {
        if (!_asked.TryRemove(result.Key, out AskedMovie? asked))
        {
            Drop();
            return;
        }

        Item<Palette> item = result.Complete(asked.Item) with { ReadyAt = monitor.Now };
        monitor.ItemEnded(asked.Started, waited: 0, item.Failure);
        if (delivery is not null)
        {
            delivery.Hold();
            _unsettled[item.Number] = delivery;
        }

        try
        {
            await answered.SendAsync(item, aborting).ConfigureAwait(false);
            asked.Question.Answer();
        }
        catch (OperationCanceledException) when (aborting.IsCancellationRequested)
        {
            // Abandoned; its message stays for the next run.
        }
    }

    /// <summary>Movies are committed, and what they came of is not needed any more.</summary>
    public void Settled(ReadOnlySpan<Item<Palette>> batch)
    {
        foreach (ref readonly Item<Palette> item in batch)
        {
            if (_unsettled.TryRemove(item.Number, out ResultDelivery? delivery))
            {
                delivery.Release();
            }
        }
    }

    /// <summary>Lets go of the results whose movie has not been read: it was not missing any more.</summary>
    public void ForgetEarly()
    {
        foreach (string key in _early.Keys)
        {
            if (_early.TryRemove(key, out (MovieResult Result, ResultDelivery Delivery) early))
            {
                Drop();
                early.Delivery.Release();
            }
        }
    }

    private void Drop()
    {
        Interlocked.Increment(ref _unused);
        metrics.ResultUnused();
    }
}
