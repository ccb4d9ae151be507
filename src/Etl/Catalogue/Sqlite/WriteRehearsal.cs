using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using PaletteEtl.Columns;
using PaletteEtl.Palettes;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>Writes the palettes of some movies, and rolls them back: triggers, constraints and indexes of the table may
/// refuse what a run writes.</summary>
internal static partial class WriteRehearsal
{
    /// <summary>Maximum number of movies whose palette is written.</summary>
    public const int MaxMovies = 50;

    /// <summary>Rehearses a run.</summary>
    /// <returns>The first movies whose palette is missing, and why a run cannot write to them: the message names the trigger, the index
    /// or the table, and the cause.</returns>
    /// <exception cref="CatalogueException">The movies cannot be read.</exception>
    public static (IReadOnlyList<Movie> Movies, string? Problem) Run(SqliteCatalogue catalogue) => catalogue.Inspect(SqliteOpenMode.ReadWrite, static open =>
    {
        using SqliteTransaction undone = open.Connection.BeginTransaction(deferred: false);
        List<Movie> movies = Missing(open, undone);
        string? cause;
        try
        {
            cause = Write(open, undone, movies);
        }
        catch (SqliteException error) when (UnknownPart().Match(error.Message) is { Success: true } unknown)
        {
            cause = $"{unknown.Value}{UserOf(open, undone, unknown.Groups["name"].Value)}";
        }

        return ((IReadOnlyList<Movie>)movies, cause is null ? null : Refusal(open.Options.Query, cause));
    });

    /// <summary>Writes a palette to each movie; returns why the first of them takes none.</summary>
    private static string? Write(OpenCatalogue open, SqliteTransaction undone, List<Movie> movies)
    {
        using var statements = new MovieStatements(open.Connection, open.Table);
        statements.Join(undone, DateTimeOffset.UnixEpoch);
        Item<Palette> sample = Sample(open);
        string now = CatalogueTime.Format(DateTimeOffset.UnixEpoch);
        foreach (Movie movie in movies)
        {
            if (statements.TryFill(sample with { Movie = movie }, now, out _) is { } failure)
            {
                return $"movie {movie.Id}: {failure.Message}";
            }
        }

        return null;
    }

    private static List<Movie> Missing(OpenCatalogue open, SqliteTransaction undone)
    {
        using SqliteCommand command = open.Connection.CreateCommand();
        command.Transaction = undone;
        open.Table.Filter?.AddTo(command);
        command.CommandText = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            SELECT {open.Table.MovieColumns}, {open.Table.KeyColumns} FROM {open.Table.From}
            WHERE {open.Table.Missing} AND {open.Table.Filter?.Condition ?? "1"} LIMIT {MaxMovies}
            """);
        using SqliteDataReader row = command.ExecuteReader();
        var movies = new List<Movie>();
        while (row.Read())
        {
            movies.Add(row.ReadMovie(0, row.ReadKey(open.Table), open.Table));
        }

        return movies;
    }

    /// <summary>A palette, with a value for each other column.</summary>
    private static Item<Palette> Sample(OpenCatalogue open)
    {
        var palette = new Palette([.. Enumerable.Range(0, 6).Select(static i => new Rgb((byte)(40 * i), 128, 255))]);
        return new Item<Palette>(new Movie(default, default), palette) { Columns = CoverColumns.Sample(open.Options.Columns, palette) };
    }

    private static string Refusal(QueryOptions query, string cause) =>
        $"Palettes cannot be written to table {query.Table} in {query.Database}: {cause.TrimEnd('.')}. Change it, or choose another table.";

    /// <summary>The part of the schema that uses a function, a collation or a module that SQLite does not know here.</summary>
    private static string UserOf(OpenCatalogue open, SqliteTransaction undone, string name)
    {
        using SqliteCommand command = open.Connection.CreateCommand();
        command.Transaction = undone;
        command.CommandText =
            """
            SELECT type || ' ' || name FROM sqlite_schema
            WHERE instr(lower(sql), lower($name)) > 0
            ORDER BY type <> 'trigger', type <> 'index', tbl_name <> $table COLLATE NOCASE
            """;
        command.Parameters.AddWithValue("$name", name);
        command.Parameters.AddWithValue("$table", open.Options.Query.Table);
        return command.ExecuteScalar() is string user ? $", which {user} uses" : "";
    }

    [GeneratedRegex(@"(?:no such|unknown) (?:function|collation sequence|module|tokenizer|table|column|view):? ?(?:main\.)?(?<name>[^'()]+)")]
    private static partial Regex UnknownPart();
}
