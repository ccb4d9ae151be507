using System.Runtime.InteropServices;
using SkiaSharp;

namespace Etl.Demo;

/// <summary>Adds the grain, cloudiness and darker corners of a photograph to a drawing.</summary>
internal static class FilmGrain
{
    private const int TileSide = 512;

    /// <summary>Noise that all posters share, because a random number for each pixel of each poster would take most of the time.</summary>
    private static readonly sbyte[] Tile = CreateTile();

    /// <summary>Roughens a finished poster.</summary>
    public static void Apply(SKBitmap poster, Random random)
    {
        int width = poster.Width, height = poster.Height;
        int left = random.Next(TileSide), top = random.Next(TileSide), strength = random.Next(30, 110);
        float vignette = random.Next(25, 95) / (0.25f * ((width * width) + (height * height)));
        Span<byte> bytes = poster.GetPixelSpan();
        for (int y = 0; y < height; y++)
        {
            Span<uint> row = MemoryMarshal.Cast<byte, uint>(bytes.Slice(y * poster.RowBytes, width * sizeof(uint)));
            ReadOnlySpan<sbyte> grain = Tile.AsSpan((top + y) % TileSide * TileSide, TileSide);
            float down = y - (height * 0.45f);
            for (int x = 0; x < width; x++)
            {
                float aside = x - (width * 0.5f);
                int light = 256 - (int)(vignette * ((aside * aside) + (down * down)));
                row[x] = Lit(row[x], light, (grain[(left + x) % TileSide] * strength) >> 8);
            }
        }
    }

    private static uint Lit(uint pixel, int light, int grain)
    {
        uint first = Lit((int)(pixel & 255), light, grain);
        uint second = Lit((int)((pixel >> 8) & 255), light, grain);
        uint third = Lit((int)((pixel >> 16) & 255), light, grain);
        return (pixel & 0xFF000000) | (third << 16) | (second << 8) | first;
    }

    private static uint Lit(int value, int light, int grain) => (uint)Math.Clamp(((value * light) >> 8) + grain, 0, 255);

    private static sbyte[] CreateTile()
    {
        var random = new Random(TileSide);
        float[] sum = new float[TileSide * TileSide];
        foreach ((int size, float share) in ((int, float)[])[(1, 60), (2, 36), (32, 26), (128, 34)])
        {
            AddNoise(sum, size, share, random);
        }

        return Array.ConvertAll(sum, value => (sbyte)Math.Clamp(value, sbyte.MinValue, sbyte.MaxValue));
    }

    /// <summary>Adds noise whose spots have a size: lots on a grid, smooth values between, the same at opposite edges.</summary>
    private static void AddNoise(float[] sum, int size, float share, Random random)
    {
        int side = TileSide / size;
        float[] lots = new float[side * side];
        for (int i = 0; i < lots.Length; i++)
        {
            lots[i] = (random.NextSingle() + random.NextSingle() - 1) * share;
        }

        for (int i = 0; i < sum.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, TileSide);
            int above = y / size * side, below = ((y / size) + 1) % side * side;
            int left = x / size, right = (left + 1) % side;
            float across = Smooth((float)(x % size) / size), down = Smooth((float)(y % size) / size);
            sum[i] += float.Lerp(
                float.Lerp(lots[above + left], lots[above + right], across),
                float.Lerp(lots[below + left], lots[below + right], across),
                down);
        }
    }

    private static float Smooth(float share) => share * share * (3 - (2 * share));
}
