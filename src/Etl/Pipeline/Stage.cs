using System.Diagnostics;
using PaletteEtl.Telemetry;

namespace PaletteEtl.Pipeline;

/// <summary>Runs one item through one function: times it, and turns what it throws into the item's failure.</summary>
/// <param name="transform">The function.</param>
/// <param name="budget">The memory that its items share.</param>
/// <param name="monitor">Times it.</param>
/// <param name="abort">Ends it.</param>
internal sealed class Stage<TIn, TOut>(
    Func<Item<TIn>, StageReservation, CancellationToken, ValueTask<Item<TOut>>> transform, MemoryBudget budget, StageMonitor monitor, RunAbort abort)
{
    /// <exception cref="OperationCanceledException">The run is aborted; the block drops the item.</exception>
    public async Task<Item<TOut>> RunAsync(Item<TIn> item)
    {
        abort.Token.ThrowIfCancellationRequested();
        if (!item.HasValue)
        {
            return item.With<TOut>(default); // carried on to the sink, which settles it
        }

        long started = monitor.ItemStarted(item.ReadyAt, item.Span);
        EtlActivities.Waited(monitor.Name, item.Span, monitor.Elapsed(item.ReadyAt));
        using Activity? span = EtlActivities.StartStage(monitor.Name, item.Span);
        var memory = new StageReservation(budget, monitor, started);
        Failure? failure = null;
        try
        {
            Item<TOut> next = await transform(item, memory, abort.Token).ConfigureAwait(false);
            return next with { ReadyAt = monitor.Now };
        }
        catch (HeldMovieException)
        {
            memory.Dispose();
            throw; // the block drops the item
        }
        catch (Exception error)
        {
            memory.Dispose();
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
            if (memory.Began > started)
            {
                monitor.ItemHeld(started, memory.Began, item.Span);
                EtlActivities.Held(monitor.Name, item.Span, span, monitor.Elapsed(memory.Began));
            }

            monitor.ItemEnded(memory.Began, memory.Waited, failure, span: span);
        }
    }
}
