using Microsoft.Data.Sqlite;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>Counts what a SQLite catalogue holds, by a look at every row.</summary>
internal sealed class SqliteStatus(SqliteCatalogue catalogue) : ICatalogueStatus
{
    public CatalogueStatus Read() => catalogue.Read(static open =>
    {
        (long movies, long missing, long unreadable, long incomplete) = CountMovies(open);
        return new CatalogueStatus(
            movies, missing, SqliteDeadLetters.CountByReason(open), SqliteDamagedPalettes.Count(open), unreadable)
        { Incomplete = incomplete };
    });

    /// <summary>Counts movies, those whose palette is missing, those whose palette is unreadable, and those that lack another column.</summary>
    public static (long Movies, long Missing, long Unreadable, long Incomplete) CountMovies(OpenCatalogue open)
    {
        CatalogueTable table = open.Table;
        string isIncomplete = table.Filled.Count > 0 ? table.Incomplete : "0";
        (long movies, long missing, long unreadable, long incomplete) = (0, 0, 0, 0);
        foreach (List<RowState> page in open.Pages.Read<RowState>($"{table.Missing}, {table.Palette}, {isIncomplete}", join: "", AddState))
        {
            movies += page.Count;
            missing += page.LongCount(static row => row.IsMissing);
            unreadable += page.LongCount(static row => row is { IsMissing: false, IsPalette: false });
            incomplete += page.LongCount(static row => row is { IsPalette: true, IsIncomplete: true });
        }

        return (movies, missing, unreadable, incomplete);
    }

    private static void AddState(SqliteDataReader row, RowKey key, List<RowState> page)
    {
        bool isMissing = row.GetBoolean(0);
        page.Add(new RowState(isMissing, !isMissing && StoredPalette.IsPalette(row, 1), row.GetBoolean(2)));
    }

    private readonly record struct RowState(bool IsMissing, bool IsPalette, bool IsIncomplete);
}
