using System.Text.Json;
using Etl.Host.Commands;
using Microsoft.Data.Sqlite;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Hosting;
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
        using var connection = CatalogueDatabase.Open(new EtlOptions { Query = { Database = database } }, SqliteOpenMode.ReadOnly);
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT id, title, palette_json FROM movies WHERE palette_json <> '' ORDER BY rowid LIMIT {Movies}";
        using SqliteDataReader movie = command.ExecuteReader();
        output.WriteLine();
        while (movie.Read())
        {
            output.Write($" {movie.GetString(0)}  ");
            if (swatches)
            {
                ImageOutput.WriteSwatches(console, PaletteOf(movie.GetString(2)));
                output.Write("  ");
            }
            else
            {
                output.Write($"{movie.GetString(2)}  ");
            }

            output.WriteLine(movie.GetString(1));
        }

        output.WriteLine();
    }

    private static Palette PaletteOf(string json) =>
        new([.. JsonSerializer.Deserialize<int[][]>(json)!.Select(color => new Rgb((byte)color[0], (byte)color[1], (byte)color[2]))]);
}
