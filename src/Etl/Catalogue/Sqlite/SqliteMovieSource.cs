using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using PaletteEtl.Hosting;
using PaletteEtl.Model;
using PaletteEtl.Telemetry;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>Movies of a SQLite catalogue whose palette is missing, in the order of the row key; by their index NULL comes first.</summary>
internal sealed class SqliteMovieSource(IOptions<EtlOptions> options, TimeProvider clock, EtlMetrics metrics) : IMovieSource
{
    private readonly EtlOptions _options = options.Value;
    private readonly DatabaseMonitor _monitor = new(options.Value.Query.Table, metrics, clock);

    public IEnumerable<Movie> ReadMissing(CancellationToken draining) =>
        ReadPages(withDeadLetters: true, draining).SelectMany(static page => page);

    public long CountMissing(CancellationToken cancellationToken) =>
        ReadPages(withDeadLetters: false, cancellationToken).Sum(static page => (long)page.Count);

    private IEnumerable<List<Movie>> ReadPages(bool withDeadLetters, CancellationToken stopping)
    {
        using SqliteConnection connection = CatalogueDatabase.Open(_options, SqliteOpenMode.ReadOnly);
        (CatalogueTable table, bool joined) = CatalogueDatabase.Explaining(_options, () => (
            CatalogueTable.Inspect(connection, _options), withDeadLetters && DeadLetterTable.Exists(connection)));

        // Without the plus the id's affinity would apply, and the dead letters' key, which has none, would not be
        // looked up by its index.
        (string columns, string join) = joined
            ? ($", {DeadLetterTable.ReadColumns}",
                $"LEFT JOIN {DeadLetterTable.Name} AS d ON {table.Missing} AND d.movie_id IS +{table.Id}")
            : ("", "");
        var pages = new CataloguePages(connection, table, _options.Query.PageSize, _monitor);
        foreach (List<Movie> page in pages.ReadMissing<Movie>($"{table.Missing}, {table.Id}{columns}", join, Add, stopping))
        {
            yield return page;
        }

        void Add(SqliteDataReader row, RowKey key, List<Movie> page)
        {
            if (row.GetBoolean(0))
            {
                page.Add(new Movie(key, MovieId.Read(row, 1), joined ? DeadLetterTable.Read(row, 2) : null));
            }
        }
    }
}
