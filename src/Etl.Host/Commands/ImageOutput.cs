using System.Globalization;
using PaletteEtl.Palettes;
using Spectre.Console;

namespace Etl.Host.Commands;

/// <summary>A palette on a line: as text, or as swatches where the terminal has the colours.</summary>
internal static class ImageOutput
{
    /// <summary>Whether an output shows swatches: a terminal with 24-bit colour, unless NO_COLOR asks for none.</summary>
    public static bool ShowsSwatches(IAnsiConsole console) =>
        console.Profile.Out.IsTerminal && console.Profile.Capabilities.ColorSystem == ColorSystem.TrueColor;

    /// <summary>Name, palette and time, with tabs between: names may hold spaces.</summary>
    public static void WriteText(TextWriter output, ImageResult image) =>
        output.WriteLine($"{Printable.Line(image.Source)}\t{image.Palette.ToJson()}\t{Milliseconds(image)}");

    /// <summary>Two columns of each colour, then name and time.</summary>
    public static void WriteSwatches(IAnsiConsole console, ImageResult image)
    {
        WriteSwatches(console, image.Palette);
        console.Profile.Out.Writer.WriteLine($"  {Milliseconds(image),10}  {Printable.Line(image.Source)}");
    }

    /// <summary>Two columns of each colour.</summary>
    public static void WriteSwatches(IAnsiConsole console, Palette palette)
    {
        foreach (Rgb color in palette)
        {
            console.Write("  ", new Style(background: new Color(color.R, color.G, color.B)));
        }
    }

    /// <summary>A palette as swatches where the terminal has the colours, as JSON elsewhere.</summary>
    public static void WritePalette(IAnsiConsole console, Palette palette)
    {
        if (ShowsSwatches(console))
        {
            WriteSwatches(console, palette);
        }
        else
        {
            console.Profile.Out.Writer.Write(palette.ToJson());
        }
    }

    private static string Milliseconds(ImageResult image) =>
        string.Create(CultureInfo.InvariantCulture, $"{image.Elapsed.TotalMilliseconds:F1} ms");
}
