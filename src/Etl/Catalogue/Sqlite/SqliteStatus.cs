using Microsoft.Data.Sqlite;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>Counts what a SQLite catalogue holds, by a look at every row.</summary>
internal sealed class SqliteStatus(SqliteCatalogue catalogue) : ICatalogueStatus
{
    public CatalogueStatus Read() => catalogue.Read(static open =>
    {
        (long movies, long missing, long unreadable) = CountMovies(open);
        return new CatalogueStatus(
            movies, missing, SqliteDeadLetters.CountByReason(open), SqliteDamagedPalettes.Count(open), unreadable);
    });

    /// <summary>Counts movies, those whose palette is missing, and those whose palette is unreadable.</summary>
    public static (long Movies, long Missing, long Unreadable) CountMovies(OpenCatalogue open)
    {
        (long movies, long missing, long unreadable) = (0, 0, 0);
        foreach (List<(bool IsMissing, bool IsPalette)> page in
            open.Pages.Read<(bool, bool)>($"{open.Table.Missing}, {open.Table.Palette}", join: "", AddState))
        {
            movies += page.Count;
            missing += page.LongCount(static row => row.IsMissing);
            unreadable += page.LongCount(static row => row is { IsMissing: false, IsPalette: false });
        }

        return (movies, missing, unreadable);
    }

    private static void AddState(SqliteDataReader row, RowKey key, List<(bool IsMissing, bool IsPalette)> page)
    {
        bool isMissing = row.GetBoolean(0);
        page.Add((isMissing, !isMissing && StoredPalette.IsPalette(row, 1)));
    }
}
