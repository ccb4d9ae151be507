using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Palettes;
using Spectre.Console;

namespace Etl.Host.Commands;

/// <summary>Shows a few movies of the demo with the palettes they were given.</summary>
internal static class DemoGallery
{
    private const int Movies = 6;

    public static void Show(string database, TextWriter output)
    {
        IAnsiConsole console = Terminal.On(output);
        output.WriteLine();
        foreach ((string id, string title, string palette) in SampleCatalogue.WithPalettes(database, Movies))
        {
            output.Write($" {id}  ");
            ImageOutput.WritePalette(console, Palette.Parse(palette));
            output.WriteLine($"  {title}");
        }

        output.WriteLine();
    }
}
