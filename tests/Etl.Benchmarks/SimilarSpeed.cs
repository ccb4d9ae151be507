using System.Diagnostics;
using Microsoft.Data.Sqlite;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Hosting;
using PaletteEtl.Palettes;

namespace Etl.Benchmarks;

/// <summary><c>similar</c>: how long the search for similar palettes takes in a catalogue of a million rows.</summary>
internal static class SimilarSpeed
{
    private const int Rounds = 5;

    public static void Run(string[] arguments)
    {
        int movies = arguments is [var count, ..] ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : 1_000_000;
        using var catalogues = new Catalogues();
        catalogues.Create(movies, otherBytes: 0);
        Fill(catalogues, new Random(1));
        Console.WriteLine($"{movies:#,0} rows with palettes of six colours");
        var options = new EtlOptions { Query = { Database = catalogues.Database } };
        for (int round = 0; round < Rounds; round++)
        {
            string id = (movies / 2).ToString("0000000", System.Globalization.CultureInfo.InvariantCulture);
            long started = Stopwatch.GetTimestamp();
            SearchResult found = PaletteSearch.Find(new SqliteCatalogue(options.Catalogue), id, count: 6);
            Console.WriteLine(
                $"{Stopwatch.GetElapsedTime(started).TotalMilliseconds,6:0} ms, distances {found.Movies[0].Distance:0.00} to {found.Movies[^1].Distance:0.00}");
        }
    }

    /// <summary>Gives each movie a palette of colours around one, as covers have them.</summary>
    private static void Fill(Catalogues catalogues, Random random)
    {
        using SqliteConnection connection = catalogues.Open();
        connection.CreateFunction("palette", () =>
        {
            (int r, int g, int b) = (random.Next(256), random.Next(256), random.Next(256));
            byte Near(int channel) => (byte)Math.Clamp(channel + random.Next(-90, 91), 0, 255);
            var builder = new PaletteBuilder();
            for (int i = 0; i < 6; i++)
            {
                builder.Add(new Rgb(Near(r), Near(g), Near(b)));
            }
            Palette palette = builder.ToPalette();

            return palette.ToJson();
        });
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "UPDATE movies SET palette_json = palette()";
        command.ExecuteNonQuery();
    }
}
