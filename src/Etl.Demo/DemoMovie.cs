using System.Globalization;
using PaletteEtl.Catalogue.Sqlite;

namespace Etl.Demo;

/// <summary>A movie of the demo's catalogue.</summary>
/// <param name="Index">Its number from 0, which all the rest follows from.</param>
/// <param name="Id">Seven digits, as IMDb numbers its titles.</param>
/// <param name="Title">Invented.</param>
/// <param name="Year">When it came out.</param>
internal sealed record DemoMovie(int Index, string Id, string Title, int Year)
{
    private const long Ids = 10_000_000;
    private const long FirstId = 114_709;

    /// <summary>Has no factor in common with the number of ids, so no id comes twice before all are used.</summary>
    private const long IdStep = 618_033;

    /// <summary>Something to draw its poster from; neighbours have nothing in common.</summary>
    public int Seed => SeedOf(Index);

    public static DemoMovie At(int index)
    {
        var random = new Random(~SeedOf(index));
        return new(index, IdAt(index), MovieTitle.Pick(random), random.Next(1954, 2026));
    }

    /// <summary>The movie as its catalogue has it. A palette is missing both ways: as NULL, and as the empty text the tutorial looks for.</summary>
    public SampleMovie ToSample() => new(Id, Title, Year, Palette: Index % 3 == 0 ? null : "", PlotVector());

    /// <summary>The id of the movie of that index.</summary>
    public static string IdAt(int index) => ((FirstId + (index * IdStep)) % Ids).ToString("D7", CultureInfo.InvariantCulture);

    private string PlotVector()
    {
        const int Dimensions = 16;
        var random = new Random(Seed);
        IEnumerable<string> numbers = Enumerable.Range(0, Dimensions)
            .Select(_ => ((random.NextDouble() * 2) - 1).ToString("F4", CultureInfo.InvariantCulture));
        return $"[{string.Join(", ", numbers)}]";
    }

    /// <summary>Mixed well: seeds at equal distances make <see cref="Random"/> repeat itself from one to the next.</summary>
    private static int SeedOf(int index)
    {
        uint mixed = unchecked((uint)index * 2_654_435_761);
        mixed = unchecked((mixed ^ (mixed >> 15)) * 0x85EBCA6B);
        return unchecked((int)(mixed ^ (mixed >> 13)));
    }
}
