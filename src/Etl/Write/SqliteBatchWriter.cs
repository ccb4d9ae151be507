using Etl.Pipeline;
using Etl.Quantize;
using Etl.Query;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Etl.Write;

/// <summary>An open connection that writes batches, each in one transaction.</summary>
/// <remarks>A batch in which the database refuses a row is rolled back and written again, each row in a savepoint. With
/// savepoints in every batch, writing would take three times as long.</remarks>
internal sealed class SqliteBatchWriter : IDisposable
{
    private const string Row = "row";

    private readonly TimeProvider _clock;
    private readonly SqliteConnection _connection;
    private readonly MovieStatements _statements;

    public SqliteBatchWriter(EtlOptions options, TimeProvider clock)
    {
        _clock = clock;
        _connection = CatalogueDatabase.Open(options, SqliteOpenMode.ReadWrite);
        try
        {
            CatalogueJournal.Set(_connection, options.Write);
            _statements = new MovieStatements(_connection, CatalogueTable.Inspect(_connection, options));
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    public BatchResult Write(ReadOnlySpan<Item<Palette>> batch, Span<Outcome> outcomes)
    {
        if (AnyNewFailure(batch))
        {
            _statements.CreateDeadLetters();
        }

        if (AnyDamage(batch))
        {
            _statements.CreateDamaged();
        }

        return TryWrite(batch, outcomes) ?? WriteRowByRow(batch.ToArray(), outcomes);
    }

    public void Dispose()
    {
        _statements.Dispose();
        _connection.Dispose();
    }

    /// <summary>Null, and nothing is written, when the database refuses a row, or all of them at the commit.</summary>
    private BatchResult? TryWrite(ReadOnlySpan<Item<Palette>> batch, Span<Outcome> outcomes)
    {
        using SqliteTransaction transaction = Begin(out string now);
        BatchResult total = default;
        try
        {
            for (int i = 0; i < batch.Length; i++)
            {
                ref readonly Item<Palette> item = ref batch[i];
                if (item.Failure is { } failure)
                {
                    outcomes[i] = _statements.Settle(item.Movie, failure, now);
                }
                else if (_statements.TryFill(item, out bool filled) is null)
                {
                    outcomes[i] = _statements.Settle(item, filled, now);
                }
                else
                {
                    return null;
                }

                total += outcomes[i];
            }

            Commit(transaction);
            return total;
        }
        catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_CONSTRAINT)
        {
            return null; // what is no row's fault comes up again row by row
        }
    }

    private BatchResult WriteRowByRow(Item<Palette>[] batch, Span<Outcome> outcomes)
    {
        _statements.CreateDeadLetters();
        while (true)
        {
            if (TryWriteRowByRow(batch, outcomes) is { } total)
            {
                return total;
            }
        }
    }

    /// <summary>Null when a refusal undid the transaction, as <c>RAISE(ROLLBACK)</c> does. Its row is a failure from then on.</summary>
    private BatchResult? TryWriteRowByRow(Span<Item<Palette>> batch, Span<Outcome> outcomes)
    {
        using SqliteTransaction transaction = Begin(out string now);
        BatchResult total = default;
        for (int i = 0; i < batch.Length; i++)
        {
            ref Item<Palette> item = ref batch[i];
            bool filled = false;
            if (item.Failure is null && TryFill(item, transaction, out filled) is { } refusal)
            {
                item = item.Failed<Palette>(refusal);
                if (IsRolledBack)
                {
                    return null;
                }
            }

            outcomes[i] = item.Failure is { } failure
                ? _statements.Settle(item.Movie, failure, now)
                : _statements.Settle(item, filled, now);
            total += outcomes[i];
        }

        Commit(transaction);
        return total;
    }

    /// <summary>Fills in a palette, or leaves no trace of the attempt.</summary>
    private Failure? TryFill(in Item<Palette> item, SqliteTransaction transaction, out bool filled)
    {
        transaction.Save(Row);
        Failure? refusal = _statements.TryFill(item, out filled)
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
        _statements.Join(transaction);
        now = DeadLetterTable.Format(_clock.GetUtcNow());
        return transaction;
    }

    private void Commit(SqliteTransaction transaction)
    {
        CatalogueFile.ThrowIfMoved(_connection);
        transaction.Commit();
    }

    private static bool AnyNewFailure(ReadOnlySpan<Item<Palette>> batch)
    {
        foreach (ref readonly Item<Palette> item in batch)
        {
            if (item.Failure is { Stands: false })
            {
                return true;
            }
        }

        return false;
    }

    private static bool AnyDamage(ReadOnlySpan<Item<Palette>> batch)
    {
        foreach (ref readonly Item<Palette> item in batch)
        {
            if (item is { Damage: not null, Failure: null })
            {
                return true;
            }
        }

        return false;
    }
}
