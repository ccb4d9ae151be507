using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using PaletteEtl.Palettes;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>Finds the movies whose palettes are nearest to that of one movie, by reading every row.</summary>
internal sealed class PaletteSearch
{
    private readonly string _id;
    private readonly PaletteDistance _distance;
    private readonly NearestMovies _nearest;

    private PaletteSearch(string id, in Palette palette, int count) =>
        (_id, _distance, _nearest) = (id, new PaletteDistance(palette), new NearestMovies(count));

    /// <summary>Finds the nearest movies. Movies whose palette is missing or unreadable are left out.</summary>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="id">The movie's id as it reads, as <c>etl reset --ids</c> takes it; of several, the first with a palette counts.</param>
    /// <param name="count">Maximum number of movies, 1 or more.</param>
    /// <param name="stopping">Ends the search after a page.</param>
    public static SearchResult Find(SqliteCatalogue catalogue, string id, int count, CancellationToken stopping = default) =>
        catalogue.Read(open => Find(open, id, count, stopping));

    private static SearchResult Find(OpenCatalogue catalogue, string id, int count, CancellationToken stopping)
    {
        (bool isKnown, Palette? palette, Movie? movie) = PaletteOf(catalogue, id);
        if (palette is not { } known)
        {
            return new SearchResult(isKnown, palette, []);
        }

        var search = new PaletteSearch(id, known, count);
        string columns = $"{catalogue.Table.Palette}, {catalogue.Table.Id}";
        _ = catalogue.Pages.Read<SimilarMovie>(columns, join: "", search.AddNear, stopping).Count(); // reads them all
        using var settings = new PaletteSettings(catalogue);
        return new SearchResult(
            isKnown,
            palette,
            [.. search._nearest.Movies.Select(near => near with { Settings = settings.Of(near.Id, near.Palette) })],
            settings.Of(movie!.Id, known));
    }

    /// <summary>The first movie with an id that has a palette; null when there is none.</summary>
    public static Movie? MovieOf(SqliteCatalogue catalogue, string id) => catalogue.Read(open => PaletteOf(open, id).Movie);

    /// <summary>Whether a movie has an id, and the palette of the first such that has one, with the movie.</summary>
    /// <remarks>SQLite searches for the id, in an index where there is one. The rows found are compared once more, because
    /// SQLite's comparison depends on the column's type and collation.</remarks>
    public static (bool IsKnown, Palette? Palette, Movie? Movie) PaletteOf(OpenCatalogue catalogue, string id)
    {
        CatalogueTable table = catalogue.Table;
        using SqliteCommand command = catalogue.Command(
            $"SELECT {table.Palette}, {table.MovieColumns}, {table.KeyColumns} FROM {table.From} WHERE {table.Id} IN ($text, $number) "
            + $"ORDER BY {string.Join(", ", table.Keys)}",
            ("$text", id),
            ("$number", long.TryParse(id, CultureInfo.InvariantCulture, out long number) ? number : null));
        using SqliteDataReader row = command.ExecuteReader();
        bool isKnown = false;
        while (row.Read())
        {
            if (row.ReadId(1).Text == id)
            {
                isKnown = true;
                if (StoredPalette.TryRead(row, 0, out Palette palette))
                {
                    return (isKnown, palette, row.ReadMovie(1, row.ReadKey(table), table));
                }
            }
        }

        return (isKnown, null, null);
    }

    /// <summary>Keeps a movie that is near. The page stays empty: what was near when it came need not be so at its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddNear(SqliteDataReader row, RowKey key, List<SimilarMovie> page)
    {
        float limit = _nearest.Limit;
        if (StoredPalette.TryRead(row, 0, out Palette palette) && _distance.To(palette, limit) is var distance && distance < limit
            && row.ReadId(1) is var id && id.Text != _id)
        {
            _nearest.Add(new SimilarMovie(id, palette, distance));
        }
    }
}
