namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>The first movies of a catalogue, in the order of the row key.</summary>
internal static class FirstMovies
{
    /// <summary>Reads their ids.</summary>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="count">Maximum number of movies.</param>
    /// <exception cref="CatalogueException">The catalogue cannot be read.</exception>
    public static IReadOnlyList<MovieId> Take(SqliteCatalogue catalogue, int count) => catalogue.Read(open => open.Pages
        .Read<MovieId>(open.Table.Id, join: "", static (row, _, page) => page.Add(row.ReadId(0)))
        .SelectMany(static page => page)
        .Take(count)
        .ToArray());
}
