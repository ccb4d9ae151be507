namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>The first movies of a catalogue, in the order of the row key.</summary>
internal static class FirstMovies
{
    /// <summary>Reads them.</summary>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="count">Maximum number of movies.</param>
    /// <exception cref="CatalogueException">The catalogue cannot be read.</exception>
    public static IReadOnlyList<Movie> Take(SqliteCatalogue catalogue, int count) => catalogue.Read(open => open.Pages
        .Read<Movie>(open.Table.MovieColumns, join: "", (row, key, page) => page.Add(row.ReadMovie(0, key, open.Table)))
        .SelectMany(static page => page)
        .Take(count)
        .ToArray());
}
