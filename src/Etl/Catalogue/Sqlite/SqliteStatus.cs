using Microsoft.Data.Sqlite;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>Counts what a SQLite catalogue holds, by a look at every row.</summary>
internal sealed class SqliteStatus(SqliteCatalogue catalogue) : ICatalogueStatus
{
    public CatalogueStatus Read() => catalogue.Read(static open =>
    {
        MovieCounts counts = CountMovies(open, withDeadLetters: true);
        return new CatalogueStatus(
            counts.Movies, counts.Missing, SqliteDeadLetters.CountByReason(open), SqliteDamagedPalettes.Count(open), counts.Unreadable)
        {
            Incomplete = counts.Incomplete,
            Failed = counts.Failed,
        };
    });

    /// <summary>Looks at every movie, and if asked at the dead letters of those that lack something.</summary>
    public static MovieCounts CountMovies(OpenCatalogue open, bool withDeadLetters)
    {
        CatalogueTable table = open.Table;
        string isIncomplete = table.Filled.Count > 0 ? table.Incomplete : "0";
        (string hasFailed, string join) = withDeadLetters && DeadLetterTable.Exists(open.Connection)
            ? ("d.movie_id IS NOT NULL", $"LEFT JOIN {DeadLetterTable.Name} AS d ON ({table.Missing} OR {isIncomplete}) AND d.movie_id IS +{table.Id}")
            : ("0", "");
        (long movies, long missing, long unreadable, long incomplete, long failed) = (0, 0, 0, 0, 0);
        foreach (List<RowState> page in open.Pages.Read<RowState>($"{table.Missing}, {table.Palette}, {isIncomplete}, {hasFailed}", join, AddState))
        {
            movies += page.Count;
            missing += page.LongCount(static row => row.IsMissing);
            unreadable += page.LongCount(static row => row is { IsMissing: false, IsPalette: false });
            incomplete += page.LongCount(static row => row.IsIncomplete);
            failed += page.LongCount(static row => row.HasFailed);
        }

        return new MovieCounts(movies, missing, unreadable, incomplete, failed);
    }

    private static void AddState(SqliteDataReader row, RowKey key, List<RowState> page)
    {
        bool isMissing = row.GetBoolean(0);
        bool isPalette = !isMissing && StoredPalette.IsPalette(row, 1);
        bool isIncomplete = isPalette && row.GetBoolean(2);
        page.Add(new RowState(isMissing, isPalette, isIncomplete, (isMissing || isIncomplete) && row.GetBoolean(3)));
    }

    private readonly record struct RowState(bool IsMissing, bool IsPalette, bool IsIncomplete, bool HasFailed);
}
