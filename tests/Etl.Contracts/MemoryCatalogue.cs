using PaletteEtl.Catalogue;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.Contracts;

/// <summary>A catalogue in memory, with all the ports of one. Its ids are unique, so it finds rows by id alone. Safe for concurrent use:
/// readers see the state of one moment.</summary>
/// <param name="clock">Times dead letters and damage.</param>
public sealed class MemoryCatalogue(TimeProvider clock)
    : IMovieSource, IPaletteSink, IPalettes, IDeadLetters, IDamagedPalettes, ICatalogueStatus
{
    private readonly Lock _gate = new();
    private volatile MemoryState _state = MemoryState.Empty;
    private bool _isOpen;

    /// <summary>A catalogue by the system's clock.</summary>
    public MemoryCatalogue()
        : this(TimeProvider.System)
    {
    }

    /// <summary>The palettes of all movies, in their order; null where one is missing.</summary>
    public IReadOnlyList<KeyValuePair<MovieId, Palette?>> Movies => [.. _state.InOrder()];

    /// <summary>Adds a movie, or changes its palette, as another program does.</summary>
    public void Set(MovieId id, Palette? palette = null) => Change(state => (state.With(id, palette), 0));

    /// <summary>Removes a movie, as another program does.</summary>
    public void Remove(MovieId id) => Change(state => (state with { Rows = state.Rows.Remove(id) }, 0));

    public IEnumerable<Movie> ReadMissing(CancellationToken draining)
    {
        MemoryState state = _state;
        foreach (MovieId id in state.Missing())
        {
            if (draining.IsCancellationRequested)
            {
                yield break;
            }

            yield return new Movie(default, id, state.DeadLetters.GetValueOrDefault(id)?.ToPrevious());
        }
    }

    public long CountMissing(CancellationToken cancellationToken) => _state.Missing().LongCount();

    public void Open() => SetOpen(true);

    public void Close() => SetOpen(false);

    public BatchResult Write(ReadOnlySpan<Item<Palette>> batch, Span<Outcome> outcomes)
    {
        lock (_gate)
        {
            ThrowIfClosed();
            MemoryState state = _state;
            for (int i = 0; i < batch.Length; i++)
            {
                (state, outcomes[i]) = state.Settle(batch[i], clock.GetUtcNow());
            }

            _state = state; // all or nothing
        }

        return BatchResult.Of(outcomes[..batch.Length]);
    }

    public long CountStillMissing()
    {
        lock (_gate)
        {
            ThrowIfClosed();
            return 0; // a row with the id of a movie and without a palette is always filled
        }
    }

    public Palette? Find(string id) =>
        _state.InOrder().FirstOrDefault(movie => movie.Key.Text == id && movie.Value is not null).Value;

    public ResetResult Preview(ResetSelection selection) => _state.Reset(selection).Result;

    public ResetResult Reset(ResetSelection selection) => Change(state => state.Reset(selection));

    CatalogueStatus ICatalogueStatus.Read()
    {
        MemoryState state = _state;
        return new CatalogueStatus(state.Rows.Count, state.Missing().LongCount(), CountByReason(state), state.Damage.Count, Unreadable: 0)
        {
            Failed = state.Missing().LongCount(state.DeadLetters.ContainsKey),
        };
    }

    IReadOnlyList<ReasonCount> IDeadLetters.CountByReason() => CountByReason(_state);

    IEnumerable<StoredDeadLetter> IDeadLetters.Read(string? reason) => ReadDeadLetters(reason);

    IEnumerable<StoredDeadLetter> IDeadLetters.ReadBack(string? reason, long before) =>
        ReadDeadLetters(reason).Reverse().Where(letter => letter.Key < before);

    long IDeadLetters.Retry(string? reason) => Retry(letter => reason is null || letter.Failure.Reason.Name() == reason);

    long IDeadLetters.Retry(IReadOnlyList<long> keys, IReadOnlyList<string?>? ids)
    {
        HashSet<(long, string?)> wanted = [.. keys.Select((key, i) => (key, ids?[i]))];
        return Retry(letter => wanted.Contains((letter.Key, ids is null ? null : letter.Id.Shown)));
    }

    long IDeadLetters.Prune(string? reason) => Change(state =>
    {
        MovieId[] gone = [.. state.DeadLetters.Values
            .Where(letter => (reason is null || letter.Failure.Reason.Name() == reason) && !state.Rows.ContainsKey(letter.Id))
            .Select(letter => letter.Id)];
        return (state with { DeadLetters = state.DeadLetters.RemoveRange(gone) }, gone.LongLength);
    });

    long IDamagedPalettes.Count() => _state.Damage.Count;

    IEnumerable<StoredDamage> IDamagedPalettes.Read() => ReadDamage();

    IEnumerable<StoredDamage> IDamagedPalettes.ReadBack(long before) => ReadDamage().Reverse().Where(damage => damage.Key < before);

    long IDamagedPalettes.Prune() => Change(state =>
    {
        MovieId[] gone = [.. state.Damage.Keys.Where(id => !state.Rows.ContainsKey(id))];
        return (state with { Damage = state.Damage.RemoveRange(gone) }, gone.LongLength);
    });

    private static IReadOnlyList<ReasonCount> CountByReason(MemoryState state) =>
    [
        .. state.DeadLetters.Values.CountBy(letter => letter.Failure.Reason.Name())
            .OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal)
            .Select(count => new ReasonCount(count.Key, count.Value)),
    ];

    private IEnumerable<StoredDeadLetter> ReadDeadLetters(string? reason)
    {
        foreach (MemoryDeadLetter letter in _state.DeadLetters.Values.OrderBy(letter => letter.Key))
        {
            if (reason is null || letter.Failure.Reason.Name() == reason)
            {
                yield return letter.ToStored();
            }
        }
    }

    private IEnumerable<StoredDamage> ReadDamage()
    {
        foreach (MemoryDamage damage in _state.Damage.Values.OrderBy(damage => damage.Stored.Key))
        {
            yield return damage.Stored;
        }
    }

    private long Retry(Func<MemoryDeadLetter, bool> isWanted) => Change(state =>
    {
        MemoryDeadLetter[] retried =
            [.. state.DeadLetters.Values.Where(isWanted).Select(letter => letter with { Attempts = 0 })];
        return (
            state with { DeadLetters = state.DeadLetters.SetItems(retried.Select(letter => KeyValuePair.Create(letter.Id, letter))) },
            retried.LongLength);
    });

    private T Change<T>(Func<MemoryState, (MemoryState State, T Result)> change)
    {
        lock (_gate)
        {
            (_state, T result) = change(_state);
            return result;
        }
    }

    private void SetOpen(bool isOpen)
    {
        lock (_gate)
        {
            _isOpen = isOpen;
        }
    }

    private void ThrowIfClosed()
    {
        if (!_isOpen)
        {
            throw new InvalidOperationException("The sink is not open.");
        }
    }
}
