using System.Globalization;
using PaletteEtl.Palettes;
using Spectre.Console;

namespace Etl.Host.Commands;

/// <summary>Similar movies as lines of text.</summary>
internal static class SimilarOutput
{
    /// <summary>A line a movie, after the one they are similar to; with swatches where the terminal has colours.</summary>
    /// <param name="output">The output.</param>
    /// <param name="name">The id of the movie, or the name of what else was searched for.</param>
    /// <param name="found">The result.</param>
    public static void Write(TextWriter output, string name, SearchResult found)
    {
        IAnsiConsole console = Terminal.On(output);
        IReadOnlyList<SimilarMovie> movies = found.Movies;
        string[] ids = [.. movies.Select(static movie => Printable.Line(movie.Id.ToString()))];
        string shown = Printable.Line(name);
        int width = ids.Append(shown).Append("id").Max(static text => text.Length);
        output.WriteLine($"{"id".PadRight(width)}  distance  palette");
        WriteLine(console, shown.PadRight(width), distance: "", found.Palette!.Value);
        foreach ((string id, SimilarMovie movie) in ids.Zip(movies))
        {
            string distance = movie.Distance.ToString("0.00", CultureInfo.InvariantCulture);
            WriteLine(console, id.PadRight(width), found.HasOtherSettings(movie) ? $"*{distance}" : distance, movie.Palette);
        }

        if (movies.Where(found.HasOtherSettings).Select(static movie => movie.Settings).Distinct().ToArray() is { Length: > 0 } others)
        {
            output.WriteLine($"* made with {string.Join(", ", others)}, not with {found.Settings}: 'etl run --stale settings' makes them alike");
        }
    }

    private static void WriteLine(IAnsiConsole console, string id, string distance, Palette palette)
    {
        TextWriter output = console.Profile.Out.Writer;
        output.Write($"{id}  {distance,8}  ");
        ImageOutput.WritePalette(console, palette);
        output.WriteLine();
    }
}
