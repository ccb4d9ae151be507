using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>Reads the movies whose palette may be made again, in the order of the row key: palettes that this program made and nobody
/// has replaced since, or any palettes when they are adopted.</summary>
/// <param name="open">The catalogue.</param>
/// <param name="kind">The palettes that are made again.</param>
/// <param name="adopt">Whether palettes that this program has not made count too.</param>
/// <param name="monitor">Measures the reading; null for none.</param>
internal sealed class RefreshedMovies(OpenCatalogue open, RefreshKind kind, bool adopt, DatabaseMonitor? monitor = null)
{
    private const string Columns = "p.settings, p.palette_hash, p.cover_hash, p.cover_size, p.cover_mtime, p.cover_etag";

    /// <summary>The first column after those of every query.</summary>
    private const int Rest = 8;

    private readonly HashSet<long> _outdated = ProvenanceTable.Outdated(open.Connection, open.Options.MadeWith);

    /// <summary>The pages of movies. With <see cref="RefreshKind.Covers"/>, movies whose cover has not changed are among them.</summary>
    public IEnumerable<List<Movie>> Read(CancellationToken stopping) => Read(key: null, stopping);

    /// <summary>The movie of one row; null if its palette is not made again.</summary>
    public Movie? Find(RowKey key) => Read(key, CancellationToken.None).SelectMany(static page => page).FirstOrDefault();

    private IEnumerable<List<Movie>> Read(RowKey? key, CancellationToken stopping)
    {
        bool hasDeadLetters = DeadLetterTable.Exists(open.Connection);
        string columns = hasDeadLetters ? $", {DeadLetterTable.ReadColumns}" : "";
        string join = hasDeadLetters ? $"LEFT JOIN {DeadLetterTable.Name} AS d ON d.movie_id IS +{open.Table.Id}" : "";
        return ReadPages<Movie>(key, $", {open.Table.MovieColumns}{columns}", join, Add, stopping);

        void Add(SqliteDataReader row, RowKey at, List<Movie> page)
        {
            if (TryRead(row, out bool isOurs, out bool isOutdated, out long hash))
            {
                DeadLetter? previous = hasDeadLetters ? DeadLetterTable.Read(row, Rest + (open.Table.Cover is null ? 1 : 2)) : null;
                page.Add(row.ReadMovie(Rest, at, open.Table, previous) with
                {
                    Provenance = isOurs
                        ? new Provenance(ProvenanceTable.ReadVersion(row, 5), ProvenanceTable.ReadContent(row, 4), isOutdated) { PaletteHash = hash }
                        : new Provenance(Version: null, Content: null, IsOutdated: true) { PaletteHash = hash },
                });
            }
        }
    }

    /// <summary>Counts the palettes that this program made with other settings and nobody has replaced since.</summary>
    public static long CountOutdated(OpenCatalogue open)
    {
        HashSet<long> outdated = ProvenanceTable.Outdated(open.Connection, open.Options.MadeWith);
        if (!ProvenanceTable.HasAny(open.Connection, outdated))
        {
            return 0;
        }

        // A page is bounded by the rows found, not by those looked at: what SQLite leaves out by itself costs a tenth.
        (CatalogueTable table, long count) = (open.Table, 0);
        IEnumerable<List<bool>> pages = open.Pages.ReadWhere<bool>(
            $"p.settings IN ({string.Join(", ", outdated)}) AND NOT {table.Missing}",
            $"{table.Palette}, p.palette_hash",
            $"{table.From} JOIN {ProvenanceTable.Name} AS p ON p.movie_id IS +{table.Id}",
            (row, _, _) => count += StoredPalette.HasHash(row, 0, raw.sqlite3_column_int64(row.Handle, 1)) ? 1 : 0,
            CancellationToken.None);
        return pages.Aggregate(0L, (_, _) => count);
    }

    private IEnumerable<List<T>> ReadPages<T>(
        RowKey? key, string columns, string join, CataloguePages.RowReader<T> read, CancellationToken stopping)
    {
        bool hasProvenance = ProvenanceTable.Exists(open.Connection);
        if (kind == RefreshKind.None || (!hasProvenance && !adopt))
        {
            return [];
        }

        // Without the plus the id's affinity would apply, and the keys of the joined tables, which have none, would not be looked up.
        CatalogueTable table = open.Table;
        string made = hasProvenance
            ? $"{ProvenanceTable.Name} AS p ON p.movie_id IS +{table.Id}"
            : $"(SELECT {Columns.Replace("p.", "NULL AS ", StringComparison.Ordinal)}) AS p ON 1";
        var pages = new CataloguePages(open.Connection, table, open.Options.Query.PageSize, monitor);
        (columns, join) = ($"{table.Missing}, {table.Palette}, {Columns}{columns}", $"LEFT JOIN {made} {join}");
        return key is { } one ? [pages.ReadRow(one, columns, join, read)] : pages.Read(columns, join, read, stopping);
    }

    /// <summary>Whether the palette of the row at hand is to be made again.</summary>
    private bool TryRead(SqliteDataReader row, out bool isOurs, out bool isOutdated, out long hash)
    {
        (isOurs, isOutdated, hash) = (false, false, 0);
        if (row.GetBoolean(0) || (row.IsDBNull(2) && !adopt))
        {
            return false;
        }

        hash = StoredPalette.HashOf(row, 1);
        isOurs = !row.IsDBNull(2) && row.GetInt64(3) == hash;
        if (!isOurs)
        {
            return adopt && StoredPalette.IsPalette(row, 1);
        }

        isOutdated = kind is RefreshKind.Settings or RefreshKind.All && _outdated.Contains(row.GetInt64(2));
        return isOutdated || kind is RefreshKind.Covers or RefreshKind.All;
    }
}
