namespace Etl.Cluster.Workers;

/// <summary>An asynchronous lock that a bounded number of callers share, or one has exclusively.</summary>
internal sealed class SharedExclusiveLock(int maxShared) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(maxShared);
    private readonly SemaphoreSlim _exclusive = new(1);

    public Task EnterSharedAsync(CancellationToken cancellationToken) => _slots.WaitAsync(cancellationToken);

    public void ExitShared() => _slots.Release();

    /// <summary>Takes all slots as they become free. One caller at a time does so, because two would wait for each other.</summary>
    /// <param name="needed">Checked once no other caller is exclusive, before the wait for the shared ones.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Whether the lock was needed, and is held.</returns>
    public async Task<bool> EnterExclusiveAsync(Func<bool> needed, CancellationToken cancellationToken)
    {
        await _exclusive.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (!needed())
        {
            _exclusive.Release();
            return false;
        }

        int taken = 0;
        try
        {
            for (; taken < maxShared; taken++)
            {
                await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
            }

            return true;
        }
        catch (OperationCanceledException)
        {
            Release(taken);
            throw;
        }
    }

    public void ExitExclusive() => Release(maxShared);

    public void Dispose()
    {
        _slots.Dispose();
        _exclusive.Dispose();
    }

    private void Release(int taken)
    {
        if (taken > 0)
        {
            _slots.Release(taken);
        }

        _exclusive.Release();
    }
}
