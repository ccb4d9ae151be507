using System.Diagnostics;
using PaletteEtl.Model;
using PaletteEtl.Telemetry;

namespace PaletteEtl.Pipeline;

/// <summary>Runs one item through one function: times it, and turns what it throws into the item's failure.</summary>
/// <param name="transform">The function.</param>
/// <param name="budget">The memory its items share.</param>
/// <param name="monitor">Times it.</param>
/// <param name="abort">Ends it.</param>
/// <param name="note">Notes on an item what its new value says and later stages need to know; null when nothing.</param>
internal sealed class Stage<TIn, TOut>(
    Func<TIn, Reservation, CancellationToken, ValueTask<TOut>> transform,
    MemoryBudget budget,
    StageMonitor monitor,
    RunAbort abort,
    Func<Item<TOut>, Item<TOut>>? note = null)
{
    /// <exception cref="OperationCanceledException">The run is aborted; the block drops the item.</exception>
    public async Task<Item<TOut>> RunAsync(Item<TIn> item)
    {
        abort.Token.ThrowIfCancellationRequested();
        if (item.Failure is not null)
        {
            return item.Failed<TOut>(item.Failure); // carried on to the sink, where it is stored
        }

        monitor.ItemWaited(item.ReadyAt);
        long started = monitor.ItemStarted();
        using Activity? span = EtlActivities.StartStage(monitor.Name, item.Span);
        var reservation = new Reservation(budget, monitor);
        Failure? failure = null;
        try
        {
            TOut output = await transform(item.Value!, reservation, abort.Token).ConfigureAwait(false);
            Item<TOut> next = item.With(output, item.Version) with { ReadyAt = monitor.Now };
            return note is null ? next : note(next);
        }
        catch (Exception error)
        {
            reservation.Dispose();
            if (error is OutOfMemoryException)
            {
                abort.Fault(error);
            }

            abort.Token.ThrowIfCancellationRequested();
            failure = Failure.Of(monitor.Name, error, item.Version);
            EtlActivities.Fail(span, failure);
            return item.Failed<TOut>(failure) with { ReadyAt = monitor.Now };
        }
        finally
        {
            monitor.ItemEnded(started, reservation.Waited, failure);
        }
    }
}
