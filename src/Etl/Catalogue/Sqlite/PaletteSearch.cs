using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using PaletteEtl.Palettes;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>Finds the movies whose palettes are nearest to one, by reading every row.</summary>
internal sealed class PaletteSearch
{
    private readonly string? _id;
    private readonly ComparedPalettes _palettes;
    private readonly PaletteDistance _distance;
    private readonly NearestMovies _nearest;

    private PaletteSearch(string? id, ComparedPalettes palettes, in Palette palette, int count) =>
        (_id, _palettes, _distance, _nearest) = (id, palettes, new PaletteDistance(palette), new NearestMovies(count));

    /// <summary>Finds the movies that are nearest to another. Movies whose palette is missing or unreadable are left out.</summary>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="id">The movie's id as it reads, as <c>etl reset --ids</c> takes it; of several, the first with a palette counts.</param>
    /// <param name="count">Maximum number of movies, 1 or more.</param>
    /// <param name="stopping">Ends the search after a page.</param>
    public static SearchResult Find(SqliteCatalogue catalogue, string id, int count, CancellationToken stopping = default) =>
        catalogue.Read(open => PaletteOf(open, id) is var (isKnown, palette, movie) && palette is { } known
            ? WithSettings(open, known, movie!.Id, Nearest(open, known, id, count, stopping))
            : new SearchResult(isKnown, Palette: null, []));

    /// <summary>Finds the movies that are nearest to a palette of no movie.</summary>
    /// <inheritdoc cref="Find(SqliteCatalogue, string, int, CancellationToken)"/>
    public static SearchResult Find(SqliteCatalogue catalogue, Palette palette, int count, CancellationToken stopping = default) =>
        catalogue.Read(open => new SearchResult(IsKnown: true, palette, Nearest(open, palette, id: null, count, stopping)));

    /// <summary>Finds the movies that are nearest to another, by an index. A movie that the index does not have is looked up in the
    /// catalogue: it may be new, or without a palette.</summary>
    /// <inheritdoc cref="Find(SqliteCatalogue, string, int, CancellationToken)"/>
    public static SearchResult Find(SqliteCatalogue catalogue, PaletteIndex index, string id, int count) => catalogue.Read(open =>
    {
        (bool isKnown, Palette? palette, MovieId movie) = index.Find(id) is { } found ? (true, found.Palette, found.Id)
            : PaletteOf(open, id) is var row ? (row.IsKnown, row.Palette, row.Movie?.Id ?? default)
            : default;
        return palette is { } known
            ? WithSettings(open, known, movie, index.Nearest(known, count, except: id))
            : new SearchResult(isKnown, Palette: null, []);
    });

    /// <summary>The first movie with an id that has a palette; null when there is none.</summary>
    public static Movie? MovieOf(SqliteCatalogue catalogue, string id) => catalogue.Read(open => PaletteOf(open, id).Movie);

    /// <summary>Whether a movie has an id, and the palette of the first such that has one, with the movie.</summary>
    /// <remarks>SQLite searches for the id, in an index where there is one. The rows found are compared once more, because
    /// SQLite's comparison depends on the column's type and collation.</remarks>
    public static (bool IsKnown, Palette? Palette, Movie? Movie) PaletteOf(OpenCatalogue catalogue, string id)
    {
        CatalogueTable table = catalogue.Table;
        var palettes = new ComparedPalettes(table);
        using SqliteCommand command = catalogue.Command(
            $"SELECT {palettes.Columns}, {table.MovieColumns}, {table.KeyColumns} FROM {table.From} WHERE {table.Id} IN ($text, $number) "
            + $"ORDER BY {string.Join(", ", table.Keys)}",
            ("$text", id),
            ("$number", long.TryParse(id, CultureInfo.InvariantCulture, out long number) ? number : null));
        using SqliteDataReader row = command.ExecuteReader();
        bool isKnown = false;
        while (row.Read())
        {
            if (row.ReadId(palettes.Count).Text == id)
            {
                isKnown = true;
                if (palettes.TryRead(row, out Palette palette))
                {
                    return (isKnown, palette, row.ReadMovie(palettes.Count, row.ReadKey(table), table));
                }
            }
        }

        return (isKnown, null, null);
    }

    private static IReadOnlyList<SimilarMovie> Nearest(
        OpenCatalogue catalogue, in Palette palette, string? id, int count, CancellationToken stopping)
    {
        var palettes = new ComparedPalettes(catalogue.Table);
        var search = new PaletteSearch(id, palettes, palette, count);
        string columns = $"{palettes.Columns}, {catalogue.Table.Id}";
        _ = catalogue.Pages.Read<SimilarMovie>(columns, join: "", search.AddNear, stopping).Count(); // reads them all
        return search._nearest.Movies;
    }

    private static SearchResult WithSettings(OpenCatalogue catalogue, Palette palette, MovieId movie, IReadOnlyList<SimilarMovie> nearest)
    {
        using var settings = new PaletteSettings(catalogue);
        return new SearchResult(
            IsKnown: true,
            palette,
            [.. nearest.Select(near => near with { Settings = settings.Of(near.Id, near.Palette) })],
            settings.Of(movie, palette));
    }

    /// <summary>Keeps a movie that is near. The page stays empty: what was near when it came need not be so at its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddNear(SqliteDataReader row, RowKey key, List<SimilarMovie> page)
    {
        float limit = _nearest.Limit;
        if (limit > 0 && _palettes.TryRead(row, out Palette palette) && _distance.To(palette, limit) is var distance && distance < limit
            && row.ReadId(_palettes.Count) is var id && (_id is null || id.Text != _id))
        {
            _nearest.Add(new SimilarMovie(id, palette, distance));
        }
    }
}
