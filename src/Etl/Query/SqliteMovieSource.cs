using Etl.Write;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Etl.Query;

/// <summary>Movies of a SQLite catalogue whose palette is missing, page by page in the order of the row key.</summary>
/// <remarks>
/// A page bounds the rows looked at, not those found, and is read whole before the first of its movies is handed on: a
/// read transaction that lasted would keep the writer of a rollback-journal database from committing.
/// </remarks>
internal sealed class SqliteMovieSource(IOptions<EtlOptions> options) : IMovieSource
{
    private const int FirstKey = 2;

    private readonly QueryOptions _options = options.Value.Query;

    public IEnumerable<Movie> ReadMissing(CancellationToken draining) =>
        ReadPages(withDeadLetters: true, draining).SelectMany(static page => page);

    public long CountMissing(CancellationToken cancellationToken) =>
        ReadPages(withDeadLetters: false, cancellationToken).Sum(static page => (long)page.Count);

    /// <summary>The movies of each page; the same list each time.</summary>
    private IEnumerable<List<Movie>> ReadPages(bool withDeadLetters, CancellationToken stopping)
    {
        using SqliteConnection connection = CatalogueDatabase.Open(_options.Database, SqliteOpenMode.ReadOnly);
        CatalogueTable table = CatalogueTable.Inspect(connection, _options);
        bool joined = withDeadLetters && DeadLetterTable.Exists(connection);
        using SqliteCommand first = Page(connection, table, joined, after: "");
        using SqliteCommand next = Page(connection, table, joined, after: $"WHERE {table.KeyTuple} > {table.KeyParameters}");

        var page = new List<Movie>();
        object[]? last = ReadPage(first, table, joined, page);
        while (last is not null && !stopping.IsCancellationRequested)
        {
            yield return page;
            next.Parameters.Clear();
            for (int i = 0; i < last.Length; i++)
            {
                next.Parameters.AddWithValue(CatalogueTable.Key(i), last[i]);
            }

            last = ReadPage(next, table, joined, page);
        }
    }

    /// <summary>Reads a page into the list. Returns the last key looked at, or null when there was none.</summary>
    private static object[]? ReadPage(SqliteCommand command, CatalogueTable table, bool joined, List<Movie> page)
    {
        page.Clear();
        int keys = table.Keys.Count;
        RowKey? last = null;
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            last = table.HasRowid ? new RowKey(reader.GetInt64(FirstKey)) : new RowKey(0, KeyOf(reader, keys));
            if (reader.GetBoolean(0))
            {
                DeadLetter? previous = joined ? DeadLetterTable.Read(reader, FirstKey + keys) : null;
                page.Add(new Movie(last.Value, new MovieId(reader.IsDBNull(1) ? null : reader.GetValue(1)), previous));
            }
        }

        return last is { } key ? key.PrimaryKey ?? [key.Rowid] : null;
    }

    private SqliteCommand Page(SqliteConnection connection, CatalogueTable table, bool joined, string after)
    {
        // Without the plus the id's affinity would apply, and the dead letters' key, which has none, would not be
        // looked up by its index.
        (string columns, string join) = joined
            ? ($", {DeadLetterTable.ReadColumns}",
                $"LEFT JOIN {DeadLetterTable.Name} AS d ON {table.Missing} AND d.movie_id IS +{table.Id}")
            : ("", "");
        string keys = string.Join(", ", table.Keys);
        SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            $"""
            SELECT {table.Missing}, {table.Id}, {keys}{columns}
            FROM {table.From} {join} {after}
            ORDER BY {keys} LIMIT {_options.PageSize}
            """;
        return command;
    }

    private static object[] KeyOf(SqliteDataReader reader, int count)
    {
        object[] key = new object[count];
        for (int i = 0; i < count; i++)
        {
            key[i] = reader.GetValue(FirstKey + i);
        }

        return key;
    }
}
