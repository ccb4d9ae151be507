using Etl.Pipeline;
using Etl.Quantize;
using Etl.Query;
using Microsoft.Data.Sqlite;

namespace Etl.Write;

/// <summary>An open connection with the statements that settle movies.</summary>
internal sealed class SqliteBatchWriter : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly SqliteConnection _connection;
    private readonly CatalogueTable _table;
    private readonly RowStatement _fill;
    private DeadLetterStatements? _deadLetters;

    public SqliteBatchWriter(QueryOptions options, TimeProvider clock)
    {
        _clock = clock;
        _connection = CatalogueDatabase.Open(options.Database, SqliteOpenMode.ReadWrite);
        _table = CatalogueTable.Inspect(_connection, options);

        // Only a palette that is still missing is filled, so nothing another program wrote meanwhile is overwritten.
        _fill = new RowStatement(
            _connection,
            _table,
            $"UPDATE {_table.From} SET {_table.PaletteColumn} = $palette WHERE {RowStatement.StillMissing(_table)}",
            "$palette");
        if (DeadLetterTable.Exists(_connection))
        {
            _deadLetters = new DeadLetterStatements(_connection, _table);
        }
    }

    public BatchResult Write(ReadOnlySpan<Item<Palette>> batch)
    {
        using SqliteTransaction transaction = _connection.BeginTransaction(deferred: false);
        _fill.Transaction = transaction;
        CreateDeadLettersIfNeeded(batch, transaction);
        string now = DeadLetterTable.Format(_clock.GetUtcNow());
        BatchResult total = default;
        foreach (ref readonly Item<Palette> item in batch)
        {
            total += Settle(item, now);
        }

        transaction.Commit();
        return total;
    }

    public void Dispose()
    {
        _fill.Dispose();
        _deadLetters?.Dispose();
        _connection.Dispose();
    }

    private BatchResult Settle(in Item<Palette> item, string now)
    {
        if (item.Failure is { Stands: true })
        {
            return new(0, 0, 0, Skipped: 1);
        }

        if (item.Failure is { } failure)
        {
            return _deadLetters!.Store(item.Movie, failure, now)
                ? new(0, DeadLetters: 1, 0, 0)
                : new(0, 0, Superseded: 1, 0);
        }

        _fill["$palette"] = item.Value.ToJson();
        bool filled = _fill.Execute(item.Movie);
        _deadLetters?.Remove(item.Movie.Id);
        return filled ? new(Written: 1, 0, 0, 0) : new(0, 0, Superseded: 1, 0);
    }

    private void CreateDeadLettersIfNeeded(ReadOnlySpan<Item<Palette>> batch, SqliteTransaction transaction)
    {
        if (_deadLetters is null && AnyNewFailure(batch))
        {
            DeadLetterTable.Create(_connection, transaction);
            _deadLetters = new DeadLetterStatements(_connection, _table);
        }

        _deadLetters?.Join(transaction);
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
}
