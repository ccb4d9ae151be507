using Etl.Pipeline;
using Etl.Quantize;
using Etl.Query;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Etl.Write;

/// <summary>The prepared statements that settle movies.</summary>
internal sealed class MovieStatements : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly CatalogueTable _table;
    private readonly RowStatement _fill;
    private readonly RowStatement _isMissing;
    private DeadLetterStatements? _deadLetters;
    private DamagedStatements? _damaged;

    public MovieStatements(SqliteConnection connection, CatalogueTable table)
    {
        (_connection, _table) = (connection, table);

        // Only a palette that is still missing is filled, so nothing another program wrote meanwhile is overwritten.
        string stillMissing = RowStatement.StillMissing(table);
        string shares = table.PopulationColumn is { } column ? $", {column} = $population" : "";
        _fill = new RowStatement(
            connection,
            table,
            $"UPDATE {table.From} SET {table.PaletteColumn} = $palette{shares} WHERE {stillMissing}",
            table.PopulationColumn is null ? ["$palette"] : ["$palette", "$population"]);
        _isMissing = new RowStatement(connection, table, $"SELECT 1 FROM {table.From} WHERE {stillMissing}");
        if (DeadLetterTable.Exists(connection))
        {
            _deadLetters = new DeadLetterStatements(connection, table);
        }

        if (DamagedTable.Exists(connection))
        {
            _damaged = new DamagedStatements(connection);
        }
    }

    /// <summary>Creates the table of dead letters unless it is there. Outside a transaction, for a batch that is rolled
    /// back and written again would take it along.</summary>
    public void CreateDeadLetters()
    {
        if (_deadLetters is null)
        {
            DeadLetterTable.Create(_connection);
            _deadLetters = new DeadLetterStatements(_connection, _table);
        }
    }

    /// <summary>Creates the table of palettes of damaged covers unless it is there; outside a transaction for the same reason.</summary>
    public void CreateDamaged()
    {
        if (_damaged is null)
        {
            DamagedTable.Create(_connection);
            _damaged = new DamagedStatements(_connection);
        }
    }

    /// <summary>Makes the statements part of a transaction.</summary>
    public void Join(SqliteTransaction transaction)
    {
        _fill.Transaction = transaction;
        _isMissing.Transaction = transaction;
        _deadLetters?.Join(transaction);
        _damaged?.Join(transaction);
    }

    /// <summary>Fills in a movie's palette where it is still missing; whether it was.</summary>
    /// <returns>Null, or why the database would not have it. What else the attempt changed is not undone.</returns>
    public Failure? TryFill(in Item<Palette> item, out bool filled)
    {
        filled = false;
        _fill["$palette"] = item.Value.ToJson();
        if (_table.PopulationColumn is not null)
        {
            _fill["$population"] = item.Value.HasPopulation ? item.Value.PopulationToJson() : null;
        }

        try
        {
            filled = _fill.Execute(item.Movie);
        }
        catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_CONSTRAINT)
        {
            return Rejected(item, $"The database refused the palette: {error.Message}");
        }

        return filled || !_isMissing.Finds(item.Movie)
            ? null
            : Rejected(item, "The database ignored the palette: a trigger or a constraint skips the row.");
    }

    /// <summary>The outcome of a movie whose palette was filled in, or had been already.</summary>
    public Outcome Settle(in Item<Palette> item, bool filled, string now)
    {
        _deadLetters?.Remove(item.Movie.Id);
        if (!filled)
        {
            return new(OutcomeKind.Superseded); // whoever wrote the palette has noted whether the cover is damaged
        }

        if (item.Damage is null)
        {
            _damaged?.Remove(item.Movie.Id);
            return new(OutcomeKind.Written);
        }

        _damaged!.Store(item, now);
        return new(OutcomeKind.Written, IsDamaged: true);
    }

    /// <summary>The outcome of a movie that failed, which is stored.</summary>
    public Outcome Settle(Movie movie, Failure failure, string now)
    {
        if (failure.Stands)
        {
            return new(OutcomeKind.Skipped);
        }

        if (!_deadLetters!.Store(movie, failure, now))
        {
            return new(OutcomeKind.Superseded);
        }

        _damaged?.Remove(movie.Id);
        return new(OutcomeKind.DeadLetter, failure);
    }

    public void Dispose()
    {
        _fill.Dispose();
        _isMissing.Dispose();
        _deadLetters?.Dispose();
        _damaged?.Dispose();
    }

    /// <summary>A palette that the database would not have.</summary>
    public static Failure Rejected(in Item<Palette> item, string message) =>
        new(StageNames.Write, FailureReason.Rejected, message, item.Version);
}
