using Microsoft.Data.Sqlite;
using PaletteEtl.Telemetry;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>Movies of a SQLite catalogue whose palette is missing, in the order of the options or of the row key; by their index NULL comes
/// first. Then those that have a palette and lack another column, and those whose palette may be made again, in the order of the row key.</summary>
/// <param name="options">The catalogue.</param>
/// <param name="refresh">The palettes that are made again.</param>
/// <param name="clock">Measures the reading.</param>
/// <param name="metrics">Receives the time of the reading.</param>
internal sealed class SqliteMovieSource(CatalogueOptions options, RefreshKind refresh, TimeProvider clock, EtlMetrics metrics) : IMovieSource
{
    private readonly SqliteCatalogue _catalogue = new(options);
    private readonly bool _isOrdered = RowOrder.Parse(options.Query.OrderBy) is not null;
    private readonly DatabaseMonitor _monitor = new(options.Query.Table, metrics, clock);

    public IEnumerable<Movie> ReadMissing(CancellationToken draining) =>
        ReadPages(withDeadLetters: true, draining)
            .Concat(ReadIncomplete(draining))
            .Concat(ReadRefreshed(draining))
            .SelectMany(static page => page);

    public long CountMissing(CancellationToken cancellationToken) =>
        ReadPages(withDeadLetters: false, cancellationToken)
            .Concat(ReadIncomplete(cancellationToken))
            .Concat(ReadRefreshed(cancellationToken))
            .Sum(static page => (long)page.Count);

    private IEnumerable<List<Movie>> ReadIncomplete(CancellationToken stopping) =>
        options.Columns.Count == 0 ? [] : _catalogue.Stream(open => ReadIncomplete(open, stopping));

    private IEnumerable<List<Movie>> ReadIncomplete(OpenCatalogue open, CancellationToken stopping)
    {
        CatalogueTable table = open.Table;
        bool hasDeadLetters = DeadLetterTable.Exists(open.Connection);
        (string columns, string join) = hasDeadLetters
            ? ($", {DeadLetterTable.ReadColumns}", $"LEFT JOIN {DeadLetterTable.Name} AS d ON {table.Incomplete} AND d.movie_id IS +{table.Id}")
            : ("", "");
        int previous = table.Cover is null ? 3 : 4;
        var pages = new CataloguePages(open.Connection, table, open.Options.Query.PageSize, _monitor);
        return pages.Read<Movie>($"{table.Incomplete}, {table.Palette}, {table.MovieColumns}{columns}", join, Add, stopping);

        void Add(SqliteDataReader row, RowKey key, List<Movie> page)
        {
            if (row.GetBoolean(0) && StoredPalette.TryRead(row, 1, out _))
            {
                DeadLetter? failed = hasDeadLetters ? DeadLetterTable.Read(row, previous) : null;
                page.Add(row.ReadMovie(2, key, table, failed) with { StoredPalette = row.ReadText(1) });
            }
        }
    }

    private IEnumerable<List<Movie>> ReadRefreshed(CancellationToken stopping) => refresh == RefreshKind.None
        ? []
        : _catalogue.Stream(open => new RefreshedMovies(open, refresh, options.Query.Adopt, _monitor).Read(stopping));

    private IEnumerable<List<Movie>> ReadPages(bool withDeadLetters, CancellationToken stopping) =>
        _catalogue.Stream(
            open => ReadPages(open, withDeadLetters, stopping), withDeadLetters && _isOrdered ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadOnly);

    private IEnumerable<List<Movie>> ReadPages(OpenCatalogue open, bool withDeadLetters, CancellationToken stopping)
    {
        CatalogueTable table = open.Table;
        bool joined = withDeadLetters && DeadLetterTable.Exists(open.Connection);

        // Without the plus the id's affinity would apply, and the dead letters' key, which has none, would not be
        // looked up by its index.
        (string columns, string join) = joined
            ? ($", {DeadLetterTable.ReadColumns}",
                $"LEFT JOIN {DeadLetterTable.Name} AS d ON {table.Missing} AND d.movie_id IS +{table.Id}")
            : ("", "");
        var pages = new CataloguePages(open.Connection, table, open.Options.Query.PageSize, _monitor);
        int previous = table.Cover is null ? 2 : 3;
        string selected = $"{table.Missing}, {table.MovieColumns}{columns}";
        return withDeadLetters && _isOrdered
            ? pages.ReadInOrder<Movie>(OrderedKeys.Read(open.Connection, table, pages, stopping), selected, join, Add, stopping)
            : pages.ReadMissing<Movie>(selected, join, Add, stopping);

        void Add(SqliteDataReader row, RowKey key, List<Movie> page)
        {
            if (row.GetBoolean(0))
            {
                page.Add(row.ReadMovie(1, key, table, joined ? DeadLetterTable.Read(row, previous) : null));
            }
        }
    }
}
