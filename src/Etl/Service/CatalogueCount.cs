using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;

namespace PaletteEtl.Service;

/// <summary>Keeps the count of the catalogue. It is counted again after a change; between two counts it goes by how movies have ended.</summary>
/// <remarks>A count looks at every row. Therefore counts have a budget of processor time, and a long run has one a minute.</remarks>
/// <param name="options">The catalogue of the configuration in force.</param>
/// <param name="monitor">How movies have ended.</param>
/// <param name="clock">The time.</param>
/// <param name="used">Processor time of the current thread.</param>
internal sealed class CatalogueCount(
    Func<CatalogueOptions> options, ServiceMonitor monitor, TimeProvider clock, Func<TimeSpan> used) : IDisposable
{
    private const double Share = 0.01;

    /// <summary>Number of causes that a person is shown.</summary>
    private const int ShownCauses = 5;

    /// <summary>Number of counts in a row that batches committed meanwhile may make inexact.</summary>
    private const int MaxRepeats = 3;

    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(1), RunInterval = TimeSpan.FromMinutes(1);

    private readonly CatalogueChanges _changes = new(new SqliteCatalogue(options(), LockTimeout));
    private readonly PassBudget _budget = new(clock, Share);
    private volatile Count? _last;

    /// <summary>The catalogue now; null until it is counted.</summary>
    public CatalogueSnapshot? Snapshot(ServiceSnapshot service)
    {
        if (_last is not { } last)
        {
            return null;
        }

        long newFailures = service.Filled.NewFailures - last.Filled.NewFailures;
        long recovered = service.Filled.Recovered - last.Filled.Recovered;
        long settled = service.Filled.Progress - last.Filled.Progress - recovered;
        long pendingBefore = last.Status.Missing + last.Status.Incomplete - last.Status.Failed;
        long pending = Math.Max(0, pendingBefore - settled);
        long inserted = Math.Max(0, settled - pendingBefore); // more than were pending: movies that came after the count
        return new CatalogueSnapshot
        {
            Movies = last.Status.Movies + inserted,
            Pending = pending,
            Failed = Math.Max(0, last.Status.Failed + newFailures - recovered),
            Unreadable = last.Status.Unreadable,
            Stale = service.Refresh?.Outdated,
            Reasons = last.Status.DeadLetters,
            Causes = last.Causes,
            CauseCount = last.CauseCount,
            PendingSince = pending == 0 ? null : last.PendingSince,
            CountedAt = last.At,
        };
    }

    /// <summary>Counts the catalogue if it has changed and the budget allows it.</summary>
    /// <exception cref="CatalogueException">The catalogue cannot be read; the last count stays.</exception>
    public void Refresh()
    {
        ServiceSnapshot service = monitor.Snapshot();
        if (IsNeeded(service) && _budget.IsLeft)
        {
            CountAll();
            service = monitor.Snapshot();
        }

        FollowPending(service);
    }

    public void Dispose() => _changes.Dispose();

    /// <summary>A commit may be counted before the monitor knows of it, so the count is repeated once the run is over.</summary>
    private bool IsNeeded(ServiceSnapshot service) =>
        _last is not { } last || (service.State == ServiceState.Running
            ? clock.GetUtcNow() - last.At >= RunInterval && _changes.Any()
            : _changes.Any() || service.Filled != last.Filled);

    private void CountAll()
    {
        TimeSpan before = used();
        _changes.MarkSeen();
        try
        {
            var catalogue = new SqliteCatalogue(options(), LockTimeout);
            for (int repeats = 0; repeats < MaxRepeats; repeats++)
            {
                ServiceTotals filled = monitor.Snapshot().Filled;
                CatalogueStatus status = catalogue.Status.Read();
                FailureCauses causes = catalogue.Read(SqliteDeadLetters.GroupByCause);
                _last = new Count(status, causes.Top(ShownCauses), causes.Count, filled, clock.GetUtcNow(), _last?.PendingSince);
                if (filled == monitor.Snapshot().Filled)
                {
                    break; // no batch was committed meanwhile, which may be in the count or not
                }
            }
        }
        catch
        {
            _changes.Forget();
            throw;
        }
        finally
        {
            _budget.Spend(used() - before);
        }
    }

    private void FollowPending(ServiceSnapshot service)
    {
        if (_last is { } last)
        {
            bool waits = Snapshot(service) is { Pending: > 0 };
            DateTimeOffset? since = waits ? last.PendingSince ?? clock.GetUtcNow() : null;
            _last = last with { PendingSince = since < service.CaughtUpAt ? service.CaughtUpAt : since };
        }
    }

    /// <param name="Status">The numbers counted.</param>
    /// <param name="Causes">The most frequent causes of the dead letters.</param>
    /// <param name="CauseCount">Number of all causes.</param>
    /// <param name="Filled">How movies had ended before.</param>
    /// <param name="At">When it was counted.</param>
    /// <param name="PendingSince">The earliest time since which a pending movie can have waited.</param>
    private sealed record Count(
        CatalogueStatus Status,
        IReadOnlyList<FailureCause> Causes,
        int CauseCount,
        ServiceTotals Filled,
        DateTimeOffset At,
        DateTimeOffset? PendingSince);
}
