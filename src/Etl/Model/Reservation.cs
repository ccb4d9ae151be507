using PaletteEtl.Pipeline;

namespace PaletteEtl.Model;

/// <summary>What one item has taken of a stage's memory budget.</summary>
/// <remarks>
/// Time spent waiting for the budget is kept apart from work. A cover in memory holds its share of fetch's budget while
/// it waits for decode's, never the other way round, so the two cannot wait for each other.
/// </remarks>
/// <param name="budget">The budget that all items of the stage share.</param>
/// <param name="monitor">The stage that is charged with the time spent waiting; null outside of a run.</param>
internal sealed class Reservation(MemoryBudget budget, StageMonitor? monitor = null) : IDisposable
{
    private long _bytes;

    /// <summary>Bytes that can be taken at all.</summary>
    public long Limit => budget.Bytes;

    /// <summary>Bytes that nobody has taken, at this moment.</summary>
    public long Free => budget.Bytes - budget.Taken;

    /// <summary>Bytes held now.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Time this item waited for its bytes, in ticks of the clock's timestamps.</summary>
    public long Waited { get; private set; }

    /// <summary>Takes bytes, once, before the memory they stand for is touched.</summary>
    public async ValueTask TakeAsync(long bytes, CancellationToken cancellationToken)
    {
        if (!budget.TryTake(bytes))
        {
            long since = monitor?.WaitStarted() ?? 0;
            try
            {
                await budget.TakeAsync(bytes, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                Waited += monitor?.WaitEnded(since) ?? 0;
            }
        }

        _bytes = bytes;
    }

    /// <summary>Gives back what turned out not to be needed.</summary>
    public void Shrink(long bytes)
    {
        long excess = _bytes - bytes;
        if (excess > 0)
        {
            _bytes = bytes;
            budget.Return(excess);
        }
    }

    public void Dispose() => budget.Return(Interlocked.Exchange(ref _bytes, 0));
}
