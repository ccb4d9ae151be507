using System.Globalization;
using Microsoft.Data.Sqlite;
using PaletteEtl.Palettes;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>The rows that have one id at one moment, with all that is stored about them.</summary>
/// <param name="Count">The number of rows.</param>
/// <param name="Rows">The first of them, in the order of the row key.</param>
internal sealed record MovieRows(long Count, IReadOnlyList<MovieRow> Rows)
{
    /// <summary>The first column after those of every query.</summary>
    private const int Rest = 3;

    /// <summary>Reads the rows of an id.</summary>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="id">The id as it reads, as <c>etl reset --ids</c> takes it.</param>
    /// <param name="limit">Maximum number of rows that are read; the others are counted.</param>
    /// <exception cref="CatalogueException">The catalogue cannot be read.</exception>
    public static MovieRows Find(SqliteCatalogue catalogue, string id, int limit) => catalogue.Read(open =>
    {
        // A run may commit between two reads, and a palette without its provenance looks like that of another program.
        using SqliteTransaction moment = open.Connection.BeginTransaction(deferred: true);
        var rows = new List<MovieRow>();
        long count = ReadRows(open, id, limit, rows);
        return new MovieRows(count, [.. rows.Select(row => WithRecords(open, row))]);
    });

    /// <remarks>The rows found are compared once more, because SQLite's comparison depends on the column's type and collation.</remarks>
    private static long ReadRows(OpenCatalogue open, string id, int limit, List<MovieRow> rows)
    {
        CatalogueTable table = open.Table;
        string columns = string.Concat(table.Filled.Select(static column => $", t.{column.Name}"));
        string passes = table.Filter is { } filter ? $"({filter.Condition}) IS TRUE" : "1";
        using SqliteCommand command = open.Command(
            $"""
            SELECT {table.Missing}, {table.Palette}, {passes}{columns}, {table.MovieColumns}, {table.KeyColumns} FROM {table.From}
            WHERE {table.Id} IN ($text, $number) ORDER BY {table.KeyColumns}
            """,
            ("$text", id),
            ("$number", long.TryParse(id, CultureInfo.InvariantCulture, out long number) ? number : null));
        table.Filter?.AddTo(command);
        using SqliteDataReader row = command.ExecuteReader();
        long count = 0;
        while (row.Read())
        {
            if (row.ReadId(Rest + table.Filled.Count).Text == id && ++count <= limit)
            {
                rows.Add(ReadRow(row, table));
            }
        }

        return count;
    }

    private static MovieRow ReadRow(SqliteDataReader row, CatalogueTable table)
    {
        PaletteState state = row.GetBoolean(0) ? PaletteState.Missing
            : StoredPalette.IsPalette(row, 1) ? PaletteState.Present
            : PaletteState.Unreadable;
        return new MovieRow(row.ReadMovie(Rest + table.Filled.Count, row.ReadKey(table), table), state, row.ReadText(1))
        {
            Palette = StoredPalette.TryRead(row, 1, out Palette palette) ? palette : null,
            IsMovie = row.GetBoolean(2),
            Columns = [.. table.Filled.Select((column, i) => KeyValuePair.Create(column.Column.Name, row.IsDBNull(Rest + i) ? null : row.GetValue(Rest + i)))],
        };
    }

    private static MovieRow WithRecords(OpenCatalogue open, MovieRow row)
    {
        MovieId id = row.Movie.Id;
        (StoredDeadLetter Stored, DeadLetter Letter)? failed = SqliteDeadLetters.Find(open, id);
        Movie movie = row.Movie with { Previous = failed?.Letter };
        return row with
        {
            Movie = movie,
            Read = !row.IsMovie ? null
                : row.State == PaletteState.Missing ? movie
                : row is { Palette: not null, IsIncomplete: true } ? movie with { StoredPalette = row.Text }
                : new RefreshedMovies(open, open.Options.Query.Refresh, open.Options.Query.Adopt).Find(movie.Key),
            Provenance = row.State == PaletteState.Missing ? null : SqliteProvenance.Find(open, id, row.Text!),
            DeadLetter = failed?.Stored,
            Damage = row.State == PaletteState.Missing ? null : SqliteDamagedPalettes.Find(open, id, row.Text!),
        };
    }
}
