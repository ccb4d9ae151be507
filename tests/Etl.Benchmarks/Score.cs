using System.Globalization;
using System.Text;
using System.Text.Json;
using Etl.Host.Bench;
using PaletteEtl.Covers;
using PaletteEtl.Palettes;

namespace Etl.Benchmarks;

/// <summary><c>score</c>: how well the palettes that other programs made stand for their covers; tests/comparison uses it.</summary>
internal static class Score
{
    /// <param name="arguments">A folder of covers, and files of JSON: an object with a palette for each file of the folder.</param>
    public static void Run(string[] arguments)
    {
        foreach (string file in arguments.Skip(1))
        {
            using var palettes = JsonDocument.Parse(File.ReadAllBytes(file));
            double error = palettes.RootElement.EnumerateObject()
                .Average(palette => ErrorOf(Path.Combine(arguments[0], palette.Name), palette.Value));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{error:0.00}\t{file}"));
        }
    }

    private static double ErrorOf(string path, JsonElement palette)
    {
        using Cover cover = BenchFolder.Read(path);
        return PaletteJson.TryRead(Encoding.UTF8.GetBytes(palette.GetRawText()), out Palette colors)
            ? PaletteError.Of(PixelSample.Of(cover), colors)
            : throw new InvalidDataException($"{path} has no palette but {palette}.");
    }
}
