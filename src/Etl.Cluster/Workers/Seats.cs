namespace Etl.Cluster.Workers;

/// <summary>Lets messages be worked on together, and some alone.</summary>
internal sealed class Seats(int count) : IDisposable
{
    private readonly SemaphoreSlim _free = new(count);
    private readonly SemaphoreSlim _alone = new(1);

    /// <summary>Takes one seat.</summary>
    public Task TakeAsync(CancellationToken cancellationToken) => _free.WaitAsync(cancellationToken);

    public void Leave() => _free.Release();

    /// <summary>Takes all seats, as they become free; one at a time does so, for two would wait for each other.</summary>
    /// <param name="needed">Asked when it is this one's turn, before it waits for those who have a seat.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it was needed, and has all seats.</returns>
    public async Task<bool> TakeAllAsync(Func<bool> needed, CancellationToken cancellationToken)
    {
        await _alone.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (!needed())
        {
            _alone.Release();
            return false;
        }

        int taken = 0;
        try
        {
            for (; taken < count; taken++)
            {
                await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
            }

            return true;
        }
        catch (OperationCanceledException)
        {
            Release(taken);
            throw;
        }
    }

    public void LeaveAll() => Release(count);

    public void Dispose()
    {
        _free.Dispose();
        _alone.Dispose();
    }

    private void Release(int taken)
    {
        if (taken > 0)
        {
            _free.Release(taken);
        }

        _alone.Release();
    }
}
