using Microsoft.Data.Sqlite;
using PaletteEtl.Palettes;

namespace Etl.Benchmarks;

/// <summary>Palettes that are a little different from those of covers, always the same ones.</summary>
internal static class VariedPalettes
{
    /// <summary>The column of the shares.</summary>
    public const string Column = "population";

    private const double ChannelDeviation = 4;
    private const double ShareDeviation = 0.15;

    /// <summary>Gives each movie a palette with shares.</summary>
    public static void Fill(Catalogues catalogues, Palette[] covers)
    {
        var random = new Random(1);
        using SqliteConnection connection = catalogues.Open();
        Palette last = default;
        connection.CreateFunction("palette", () => (last = Vary(covers[random.Next(covers.Length)], random)).ToJson());
        connection.CreateFunction("shares", () => last.PopulationToJson());
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"ALTER TABLE movies ADD COLUMN {Column} TEXT; UPDATE movies SET palette_json = palette(), {Column} = shares()";
        command.ExecuteNonQuery();
    }

    public static Palette Vary(Palette palette, Random random)
    {
        byte Near(byte channel) => (byte)Math.Clamp(channel + Math.Round(ChannelDeviation * Normal(random)), 0, 255);
        double[] shares =
        [
            .. Enumerable.Range(0, palette.Count).Select(i => palette.Population(i) * Math.Exp(ShareDeviation * Normal(random))),
        ];
        return new Palette(
            (Rgb[])[.. palette.Select(color => new Rgb(Near(color.R), Near(color.G), Near(color.B)))],
            (double[])[.. shares.Select(share => share / shares.Sum())]);
    }

    /// <summary>A palette of one to four random colours with equal shares.</summary>
    public static Palette Random(Random random)
    {
        byte[] channels = new byte[3 * random.Next(1, 5)];
        random.NextBytes(channels);
        Rgb[] colors = [.. channels.Chunk(3).Select(static color => new Rgb(color[0], color[1], color[2]))];
        return new Palette(colors, [.. colors.Select(_ => 1.0 / colors.Length)]);
    }

    /// <summary>A number of the standard normal distribution (Box and Muller).</summary>
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
