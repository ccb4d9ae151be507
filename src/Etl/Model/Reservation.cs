namespace PaletteEtl.Model;

/// <summary>The memory that one item has taken of a budget.</summary>
/// <remarks>A cover in memory holds its share of fetch's budget while it waits for decode's, never the other way round, so the two
/// cannot wait for each other.</remarks>
/// <param name="budget">The budget that all items of a stage share.</param>
internal class Reservation(MemoryBudget budget) : IDisposable
{
    private long _bytes;

    /// <summary>Bytes that can be taken at all.</summary>
    public long Limit => budget.Bytes;

    /// <summary>Bytes that nobody has taken, at this moment.</summary>
    public long Free => budget.Bytes - budget.Taken;

    /// <summary>Bytes held now.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Takes bytes, once, before the memory they stand for is touched.</summary>
    public async ValueTask TakeAsync(long bytes, CancellationToken cancellationToken)
    {
        if (!budget.TryTake(bytes))
        {
            WaitStarted();
            try
            {
                await budget.TakeAsync(bytes, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                WaitEnded();
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

    /// <summary>Gives all bytes back.</summary>
    public void Dispose()
    {
        budget.Return(Interlocked.Exchange(ref _bytes, 0));
        GC.SuppressFinalize(this);
    }

    /// <summary>The item waits for memory from now on.</summary>
    private protected virtual void WaitStarted()
    {
    }

    /// <summary>The item waits no longer.</summary>
    private protected virtual void WaitEnded()
    {
    }
}
