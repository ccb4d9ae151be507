using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;

namespace PaletteEtl.Service;

/// <summary>Waits until the catalogue has movies that are due: missing palettes first, then a slice of those that may be stale.</summary>
/// <remarks>
/// Each poll reads a few bytes to find out whether another connection has changed the database. A change or a due retry starts a
/// pass, which reads the whole table where there is no index (<c>etl index</c>); therefore passes have a budget.
/// </remarks>
/// <param name="catalogue">The SQLite catalogue; null for movies of another store: each poll then starts a pass.</param>
/// <param name="pollInterval">The time between two polls.</param>
/// <param name="movies">The movies.</param>
/// <param name="clock">The time.</param>
internal sealed class CatalogueWatch(CatalogueOptions? catalogue, TimeSpan pollInterval, ServiceMovieSource movies, TimeProvider clock) : IDisposable
{
    /// <summary>Time limit for a lock: shorter than the writer's, because a read is simply repeated.</summary>
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(1);

    private readonly CatalogueChanges? _changes = catalogue is null ? null : new(new SqliteCatalogue(catalogue, LockTimeout));
    private readonly PassBudget _budget = new(clock, share: 0.02);
    private TimeSpan _spent;
    private DateTimeOffset _passedAt;

    /// <summary>Completes once a movie is due.</summary>
    /// <param name="idle">Called at each poll that needs no pass, with the time at which the first failed movie is due. Not called
    /// while a pass waits for its budget, because its result is not known.</param>
    /// <param name="draining">Ends the wait.</param>
    /// <exception cref="CatalogueException">The catalogue cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The service drains.</exception>
    public async Task WaitAsync(Action<DateTimeOffset?> idle, CancellationToken draining)
    {
        while (true)
        {
            bool needed = IsPassNeeded();
            if (needed && IsBudgetLeft())
            {
                if (StartPass(draining))
                {
                    return;
                }

                needed = false;
            }

            if (!needed && movies.StartSlice())
            {
                return;
            }

            if (!needed)
            {
                idle(movies.Missing.NextDue);
            }

            await Task.Delay(pollInterval, clock, draining).ConfigureAwait(false);
        }
    }

    /// <summary>A run has failed, so movies may still be due although nothing has changed.</summary>
    public void RequirePass() => _changes?.Forget();

    public void Dispose() => _changes?.Dispose();

    /// <summary>When the clock has been set back, a new pass finds out when movies are due.</summary>
    private bool IsPassNeeded() =>
        _changes?.Any() != false || (movies.Missing.NextDue is { } due && clock.GetUtcNow() is var now && (due <= now || now < _passedAt));

    private bool IsBudgetLeft()
    {
        _budget.Spend(movies.Missing.Spent - _spent); // a run continues the pass
        _spent = movies.Missing.Spent;
        return _budget.IsLeft;
    }

    private bool StartPass(CancellationToken draining)
    {
        _changes?.MarkSeen();
        _spent = default;
        _passedAt = clock.GetUtcNow();
        try
        {
            return movies.StartPass(draining);
        }
        catch
        {
            _changes?.Forget();
            throw;
        }
    }
}
