using Microsoft.Data.Sqlite;
using PaletteEtl.Palettes;
using SQLitePCL;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>An open connection that writes batches, each in one transaction.</summary>
/// <remarks>A batch in which the database refuses a row is rolled back and written again, each row in a savepoint. With
/// savepoints in every batch, writing would take three times as long.</remarks>
internal sealed class SqliteBatchWriter : IDisposable
{
    private const string Row = "row";

    private readonly CatalogueOptions _options;
    private readonly TimeProvider _clock;
    private readonly SqliteConnection _connection;
    private readonly MovieStatements _statements;
    private readonly RowsById _rows;
    private readonly RowsLeft _left;
    private readonly List<int> _gone = [];

    public SqliteBatchWriter(CatalogueOptions options, TimeProvider clock)
    {
        (_options, _clock) = (options, clock);
        _connection = CatalogueDatabase.Open(options, SqliteOpenMode.ReadWrite);
        try
        {
            SqliteJournalMode.Set(_connection, options.Write);
            OwnTables.ThrowIfForeign(_connection);
            var table = CatalogueTable.Inspect(_connection, options);
            ForeignValues.ThrowIfAny(_connection, table, options);
            _statements = new MovieStatements(_connection, table);
            _rows = new RowsById(_connection, table);
            _left = new RowsLeft(_rows, _statements);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    public BatchResult Write(ReadOnlySpan<Item<Palette>> batch, Span<Outcome> outcomes)
    {
        foreach (ref readonly Item<Palette> item in batch)
        {
            if (item.Failure is not null)
            {
                _statements.CreateDeadLetters();
            }
            else if (!item.IsSkipped)
            {
                CreateTablesOf(item);
            }
        }

        return TryWrite(batch, outcomes, refusals: null) ?? WriteRowByRow(batch, outcomes);
    }

    private void CreateTablesOf(in Item<Palette> item)
    {
        if (_options.Write.Provenance)
        {
            _statements.CreateProvenance(_options.MadeWith);
        }

        if (item.Damage is not null)
        {
            _statements.CreateDamaged();
        }
    }

    /// <summary>Superseded movies whose palette is still missing.</summary>
    public long CountStillMissing() => _left.Count();

    public void Dispose()
    {
        _statements.Dispose();
        _connection.Dispose();
    }

    private BatchResult WriteRowByRow(ReadOnlySpan<Item<Palette>> batch, Span<Outcome> outcomes)
    {
        _statements.CreateDeadLetters();
        var refusals = new Failure?[batch.Length];
        while (true)
        {
            if (TryWrite(batch, outcomes, refusals) is { } total)
            {
                return total;
            }
        }
    }

    /// <summary>Writes a batch in one transaction.</summary>
    /// <param name="batch">The movies.</param>
    /// <param name="outcomes">Their outcomes.</param>
    /// <param name="refusals">Takes the palettes that the database refuses, each written in a savepoint. Null for a batch without
    /// savepoints, which no refusal may hit.</param>
    /// <returns>The sums; null when nothing is written, because of a refusal without savepoints, or because a refusal undid the
    /// transaction, as <c>RAISE(ROLLBACK)</c> does.</returns>
    private BatchResult? TryWrite(ReadOnlySpan<Item<Palette>> batch, Span<Outcome> outcomes, Failure?[]? refusals)
    {
        using SqliteTransaction transaction = Begin(out string now);
        try
        {
            for (int i = 0; i < batch.Length; i++)
            {
                if (!TrySettle(batch[i], i, transaction, now, refusals, out Outcome? outcome))
                {
                    return null;
                }

                if (outcome is { } settled)
                {
                    outcomes[i] = settled;
                }
                else
                {
                    _gone.Add(i);
                }
            }

            if (_gone.Count > 0 && !TrySettleById(batch, outcomes, transaction, now, refusals))
            {
                return null;
            }

            Commit(transaction);
        }
        catch (SqliteException error) when (refusals is null && error.SqliteErrorCode == raw.SQLITE_CONSTRAINT)
        {
            return null; // what is no row's fault comes up again row by row
        }

        _left.Commit();
        return BatchResult.Of(outcomes[..batch.Length]);
    }

    /// <summary>Settles the movies whose key is no longer theirs: by the one row that has their id and lacks a palette.</summary>
    private bool TrySettleById(
        ReadOnlySpan<Item<Palette>> batch, Span<Outcome> outcomes, SqliteTransaction transaction, string now, Failure?[]? refusals)
    {
        var ids = new MovieId[_gone.Count];
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = batch[_gone[i]].Movie.Id;
        }

        Dictionary<MovieId, RowsOfId> found = _rows.Find(ids, transaction);
        foreach (int i in _gone)
        {
            Movie movie = batch[i].Movie;
            RowsOfId rows = found[movie.Id];
            Outcome? outcome = null;
            bool isFailure = (batch[i].Failure ?? refusals?[i]) is not null; // a dead letter belongs to all rows of its id
            if ((rows.Missing == 1 || (isFailure && rows.Missing > 1))
                && !TrySettle(batch[i] with { Movie = movie with { Key = rows.Key } }, i, transaction, now, refusals, out outcome))
            {
                return false;
            }

            outcomes[i] = outcome ?? _left.Supersede(movie, rows);
        }

        return true;
    }

    /// <summary>Settles a movie by its row key. False when the transaction has to begin again.</summary>
    private bool TrySettle(
        in Item<Palette> item, int place, SqliteTransaction transaction, string now, Failure?[]? refusals, out Outcome? outcome)
    {
        if (item.IsSkipped)
        {
            outcome = new(OutcomeKind.Skipped);
            return true;
        }

        if (item.IsCurrent)
        {
            outcome = _statements.Keep(item);
            return true;
        }

        Failure? failure = item.Failure ?? refusals?[place];
        if (failure is null)
        {
            failure = refusals is null ? _statements.TryFill(item, now, out outcome) : TryFill(item, transaction, now, out outcome);
            if (failure is null)
            {
                return true;
            }

            if (refusals is null)
            {
                return false;
            }

            refusals[place] = failure;
            if (IsRolledBack)
            {
                return false;
            }
        }

        outcome = _statements.Settle(item.Movie, failure, now);
        return true;
    }

    /// <summary>Fills in a palette, or leaves no trace of the attempt.</summary>
    private Failure? TryFill(in Item<Palette> item, SqliteTransaction transaction, string now, out Outcome? outcome)
    {
        transaction.Save(Row);
        Failure? refusal = _statements.TryFill(item, now, out outcome)
            ?? (BreaksForeignKey ? MovieStatements.Rejected(item, "The palette would break a deferred foreign key.") : null);
        if (refusal is null)
        {
            transaction.Release(Row);
        }
        else if (!IsRolledBack)
        {
            transaction.Rollback(Row);
        }

        return refusal;
    }

    private bool IsRolledBack => raw.sqlite3_get_autocommit(_connection.Handle) != 0;

    private bool BreaksForeignKey =>
        raw.sqlite3_db_status(_connection.Handle, raw.SQLITE_DBSTATUS_DEFERRED_FKS, out int broken, out _, 0) == raw.SQLITE_OK
        && broken != 0;

    private SqliteTransaction Begin(out string now)
    {
        SqliteTransaction transaction = _connection.BeginTransaction(deferred: false);
        DateTimeOffset time = _clock.GetUtcNow();
        _statements.Join(transaction, time);
        _gone.Clear();
        _left.Begin();
        now = CatalogueTime.Format(time);
        return transaction;
    }

    private void Commit(SqliteTransaction transaction)
    {
        CatalogueFile.ThrowIfMoved(_connection);
        transaction.Commit();
    }
}
