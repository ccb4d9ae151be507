namespace PaletteEtl.Model;

/// <summary>A number of bytes that many items share, first come first served.</summary>
internal sealed class MemoryBudget(long bytes)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Waiter> _waiters = [];
    private long _free = bytes;

    /// <summary>The whole budget, in bytes.</summary>
    public long Bytes { get; } = bytes;

    /// <summary>Bytes taken and not given back.</summary>
    public long Taken
    {
        get
        {
            lock (_gate)
            {
                return Bytes - _free;
            }
        }
    }

    /// <summary>Takes bytes if nobody waits and they are there.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than the whole budget, so that waiting would never end.</exception>
    public bool TryTake(long amount)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(amount, Bytes);
        lock (_gate)
        {
            if (_waiters.Count > 0 || amount > _free)
            {
                return false;
            }

            _free -= amount;
            return true;
        }
    }

    /// <summary>Takes bytes once all who came before have theirs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than the whole budget, so that waiting would never end.</exception>
    public async Task TakeAsync(long amount, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(amount, Bytes);
        LinkedListNode<Waiter> place;
        lock (_gate)
        {
            place = _waiters.AddLast(new Waiter(amount));
            Admit();
        }

        using CancellationTokenRegistration registration =
            cancellationToken.UnsafeRegister(_ => GiveUp(place, cancellationToken), null);
        await place.Value.Admitted.Task.ConfigureAwait(false);
    }

    /// <summary>Gives bytes back.</summary>
    public void Return(long amount)
    {
        lock (_gate)
        {
            _free += amount;
            Admit();
        }
    }

    private void Admit()
    {
        while (_waiters.First is { } first && first.Value.Amount <= _free)
        {
            _waiters.RemoveFirst();
            _free -= first.Value.Amount;
            first.Value.Admitted.SetResult();
        }
    }

    private void GiveUp(LinkedListNode<Waiter> place, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (place.List is null)
            {
                return; // admitted already: the bytes are the caller's to give back
            }

            _waiters.Remove(place);
            place.Value.Admitted.SetCanceled(cancellationToken);
            Admit();
        }
    }

    private sealed record Waiter(long Amount)
    {
        public TaskCompletionSource Admitted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
