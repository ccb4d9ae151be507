using Microsoft.Data.Sqlite;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>The prepared statements over dead letters.</summary>
internal sealed class DeadLetterStatements : IDisposable
{
    private readonly RowStatement _update;
    private readonly RowStatement _insert;
    private readonly SqliteCommand _remove;
    private readonly SqliteCommand _find;

    public DeadLetterStatements(SqliteConnection connection, CatalogueTable table)
    {
        // Two statements, not an upsert: NULL ids do not conflict with each other.
        string stillMissing =
            $"EXISTS (SELECT 1 FROM {table.From} WHERE {RowStatement.SameRow(table)} AND ($refreshed OR {table.Missing}))";
        ReadOnlySpan<string> parameters = ["$refreshed", "$stage", "$reason", "$message", "$now", "$size", "$mtime", "$etag"];
        _update = new RowStatement(
            connection,
            table,
            $"""
            UPDATE {DeadLetterTable.Name}
            SET stage = $stage, reason = $reason, message = $message, attempts = attempts + 1, last_at = $now,
                cover_size = $size, cover_mtime = $mtime, cover_etag = $etag
            WHERE movie_id IS $id AND {stillMissing}
            """,
            parameters);
        _insert = new RowStatement(
            connection,
            table,
            $"""
            INSERT INTO {DeadLetterTable.Name}
                (movie_id, stage, reason, message, attempts, first_at, last_at, cover_size, cover_mtime, cover_etag)
            SELECT $id, $stage, $reason, $message, 1, $now, $now, $size, $mtime, $etag
            WHERE {stillMissing}
            """,
            parameters);
        _remove = OfId(connection, "DELETE");
        _find = OfId(connection, "SELECT 1");
    }

    /// <summary>Makes the statements part of a transaction.</summary>
    public void Join(SqliteTransaction transaction) =>
        _update.Transaction = _insert.Transaction = _remove.Transaction = transaction;

    /// <summary>Stores a movie's failure. False when its row is gone, or its palette is no longer missing and was not to be made
    /// again.</summary>
    public bool Store(Movie movie, Failure failure, string now) =>
        Execute(_update, movie, failure, now) || Execute(_insert, movie, failure, now);

    public void Remove(MovieId id)
    {
        _remove.Parameters[0].Value = id.Stored ?? DBNull.Value;
        _remove.ExecuteNonQuery();
    }

    /// <summary>Whether there is a dead letter of an id. Outside a transaction.</summary>
    public bool Has(MovieId id)
    {
        _find.Parameters[0].Value = id.Stored ?? DBNull.Value;
        return _find.ExecuteScalar() is not null;
    }

    public void Dispose()
    {
        _update.Dispose();
        _insert.Dispose();
        _remove.Dispose();
        _find.Dispose();
    }

    private static SqliteCommand OfId(SqliteConnection connection, string verb)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"{verb} FROM {DeadLetterTable.Name} WHERE movie_id IS $id";
        command.Parameters.Add(new SqliteParameter { ParameterName = "$id" });
        return command;
    }

    private static bool Execute(RowStatement statement, Movie movie, Failure failure, string now)
    {
        statement["$refreshed"] = movie.Provenance is not null;
        statement["$stage"] = failure.Stage;
        statement["$reason"] = failure.Reason.Name();
        statement["$message"] = failure.Message;
        statement["$now"] = now;
        statement["$size"] = failure.Version?.Size;
        statement["$mtime"] = failure.Version?.Modified is { } modified ? CatalogueTime.Format(modified) : null;
        statement["$etag"] = failure.Version?.ETag;
        return statement.Execute(movie);
    }
}
