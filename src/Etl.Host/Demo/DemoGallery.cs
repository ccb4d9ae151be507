using System.Text.Json;
using Etl.Host.Commands;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Palettes;
using Spectre.Console;

namespace Etl.Host.Demo;

/// <summary>Shows a few movies of the demo with the palettes they were given.</summary>
internal static class DemoGallery
{
    private const int Movies = 6;

    public static void Show(string database, TextWriter output)
    {
        IAnsiConsole console = Terminal.On(output);
        bool swatches = ImageOutput.ShowsSwatches(console);
        IReadOnlyList<(string Id, string Title, string Palette)> movies = SampleCatalogue.WithPalettes(database, Movies);
        output.WriteLine();
        foreach ((string id, string title, string palette) in movies)
        {
            output.Write($" {id}  ");
            if (swatches)
            {
                ImageOutput.WriteSwatches(console, PaletteOf(palette));
                output.Write("  ");
            }
            else
            {
                output.Write($"{palette}  ");
            }

            output.WriteLine(title);
        }

        output.WriteLine();
    }

    private static Palette PaletteOf(string json) =>
        new([.. JsonSerializer.Deserialize<int[][]>(json)!.Select(color => new Rgb((byte)color[0], (byte)color[1], (byte)color[2]))]);
}
