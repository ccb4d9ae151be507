using Etl.Fetch;
using Etl.Telemetry;

namespace Etl.Pipeline;

/// <summary>Runs one item through one function: times it, and turns what it throws into the item's failure.</summary>
internal sealed class Stage<TIn, TOut>(
    Func<TIn, Reservation, CancellationToken, ValueTask<TOut>> transform,
    MemoryBudget budget,
    StageMonitor monitor,
    CancellationToken aborting)
{
    public async Task<Item<TOut>> RunAsync(Item<TIn> item)
    {
        if (item.Failure is not null)
        {
            return item.Failed<TOut>(item.Failure); // carried on to the sink, where it is stored
        }

        long started = monitor.ItemStarted();
        var reservation = new Reservation(budget, monitor);
        Failure? failure = null;
        try
        {
            TOut output = await transform(item.Value!, reservation, aborting).ConfigureAwait(false);
            return item.With(output, output is Cover cover ? cover.Version : item.Version);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            reservation.Dispose();
            if (aborting.IsCancellationRequested)
            {
                // The block drops the item. Anything else out of it would be a fault, and hide the one that aborted the run.
                throw new OperationCanceledException("The run was aborted.", error, aborting);
            }

            failure = Failure.Of(monitor.Name, error, item.Version);
            return item.Failed<TOut>(failure);
        }
        finally
        {
            monitor.ItemEnded(started, reservation.Waited, failure);
        }
    }
}
