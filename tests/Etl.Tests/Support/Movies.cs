using System.Globalization;
using Etl.Contracts;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.Tests.Support;

/// <summary>Movies numbered from 0, and the palette that belongs to each.</summary>
internal static class Movies
{
    public static Movie At(int number) => new(new RowKey(number + 1), new MovieId((long)number));

    /// <summary>A catalogue of so many movies, all palettes of which are missing.</summary>
    public static MemoryCatalogue Missing(int count)
    {
        var catalogue = new MemoryCatalogue();
        for (int number = 0; number < count; number++)
        {
            catalogue.Set(At(number).Id);
        }

        return catalogue;
    }

    public static int Number(Movie movie) => Number(movie.Id);

    public static int Number(MovieId id) => int.Parse(id.Text!, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>The one palette that is right for a movie, as the fakes make it.</summary>
    public static Palette PaletteOf(int number) => new(new Rgb((byte)(number >> 16), (byte)(number >> 8), (byte)number));
}
