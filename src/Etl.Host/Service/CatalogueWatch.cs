using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;

namespace Etl.Host.Service;

/// <summary>Waits until the catalogue has movies that are due.</summary>
/// <remarks>
/// The database is asked whether another connection has changed it, which reads a few bytes; movies are looked for when it
/// has, and when a retry is due. A look reads the whole table where there is no index (<c>etl index</c>), so looks have a
/// budget, whatever others write.
/// </remarks>
internal sealed class CatalogueWatch(EtlOptions options, ServiceOptions service, DueMovieSource movies, TimeProvider clock) : IDisposable
{
    /// <summary>How long a question waits for a lock: not as long as the writer, for nothing is lost by asking again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly CatalogueChanges _changes = new(new SqliteCatalogue(options.Catalogue, Patience));
    private readonly LookBudget _budget = new(clock);
    private TimeSpan _spent;
    private DateTimeOffset _lookedAt;

    /// <summary>Completes once a movie is due.</summary>
    /// <param name="idle">Told, as long as there is nothing to look for, when the first of the movies that failed is due. Not told
    /// while a look is put off for want of budget: what it would find is not known.</param>
    /// <param name="draining">Ends the wait.</param>
    /// <exception cref="CatalogueException">The catalogue cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The service drains.</exception>
    public async Task WaitAsync(Action<DateTimeOffset?> idle, CancellationToken draining)
    {
        while (true)
        {
            bool wanted = IsLookWanted();
            if (wanted && IsBudgetLeft())
            {
                if (Look(draining))
                {
                    return;
                }

                wanted = false;
            }

            if (!wanted)
            {
                idle(movies.NextDue);
            }

            await Task.Delay(service.PollInterval, clock, draining).ConfigureAwait(false);
        }
    }

    /// <summary>A run has failed: what is due may be so still, although nothing has changed.</summary>
    public void LookAgain() => _changes.Forget();

    public void Dispose() => _changes.Dispose();

    /// <summary>When the clock has been set back, a new look finds out anew when movies are due.</summary>
    private bool IsLookWanted() =>
        _changes.Any() || (movies.NextDue is { } due && clock.GetUtcNow() is var now && (due <= now || now < _lookedAt));

    private bool IsBudgetLeft()
    {
        _budget.Spend(movies.Spent - _spent); // a run goes on reading where the look has stopped
        _spent = movies.Spent;
        return _budget.IsLeft;
    }

    private bool Look(CancellationToken draining)
    {
        _changes.Look();
        _spent = default;
        _lookedAt = clock.GetUtcNow();
        try
        {
            return movies.Look(draining);
        }
        catch
        {
            _changes.Forget();
            throw;
        }
    }
}
