namespace PaletteEtl.Model;

/// <summary>The memory that one item has taken of a budget. The pipeline makes one for each item of a stage.</summary>
/// <remarks>A cover in memory holds its share of fetch's budget while it waits for decode's, never the other way round, so the two
/// cannot wait for each other. A reservation is used by one caller at a time; all those of a budget may be used at once.</remarks>
public class Reservation : IDisposable
{
    private readonly MemoryBudget _budget;
    private long _bytes;

    /// <summary>A reservation of nothing yet.</summary>
    /// <param name="budget">The budget that all items of a stage share.</param>
    internal Reservation(MemoryBudget budget) => _budget = budget;

    /// <summary>Bytes that can be taken at all.</summary>
    public long Limit => _budget.Bytes;

    /// <summary>Bytes that nobody has taken, at this moment.</summary>
    public long Free => _budget.Bytes - _budget.Taken;

    /// <summary>Bytes held now.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>A reservation of a budget of its own, for the test of a source.</summary>
    /// <param name="limit">The budget in bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The budget is negative.</exception>
    public static Reservation WithLimit(long limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return new Reservation(new MemoryBudget(limit));
    }

    /// <summary>Takes bytes before the memory they stand for is touched. Waits, first come first served, until they are free.</summary>
    /// <param name="bytes">The number of bytes, from 0 to <see cref="Limit"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bytes are negative, or more than the limit: waiting would never end.</exception>
    /// <exception cref="InvalidOperationException">Bytes are held already: two items that each wait for more would wait for ever.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled; nothing is taken.</exception>
    public async ValueTask TakeAsync(long bytes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        if (Bytes > 0)
        {
            throw new InvalidOperationException($"The reservation holds {Bytes} bytes. Give them back before more are taken.");
        }

        if (!_budget.TryTake(bytes))
        {
            WaitStarted();
            try
            {
                await _budget.TakeAsync(bytes, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                WaitEnded();
            }
        }

        _bytes = bytes;
    }

    /// <summary>Gives back what turned out not to be needed.</summary>
    /// <param name="bytes">The number of bytes that are kept; nothing is given back when fewer are held.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bytes are negative.</exception>
    public void Shrink(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        long excess = _bytes - bytes;
        if (excess > 0)
        {
            _bytes = bytes;
            _budget.Return(excess);
        }
    }

    /// <summary>Gives all bytes back.</summary>
    public void Dispose()
    {
        _budget.Return(Interlocked.Exchange(ref _bytes, 0));
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
