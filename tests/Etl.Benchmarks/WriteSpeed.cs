using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using PaletteEtl.Catalogue;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.Benchmarks;

/// <summary><c>write</c>: palettes written a second into a catalogue of a million rows, narrow and wide.</summary>
internal static class WriteSpeed
{
    private const int Rounds = 3;

    public static void Run(string[] arguments)
    {
        int movies = arguments is [var count, ..] ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : 1_000_000;
        Console.WriteLine($"{movies:#,0} rows, all palettes missing, every palette written in order of the rows");
        foreach (int otherBytes in new[] { 0, 2_000 })
        {
            using var catalogues = new Catalogues();
            catalogues.Create(movies, otherBytes);
            foreach (int batchSize in new[] { 256, 4_096 })
            {
                for (int round = 0; round < Rounds; round++)
                {
                    catalogues.Reset();
                    Measure(catalogues, movies, otherBytes, batchSize);
                }
            }
        }
    }

    private static void Measure(Catalogues catalogues, int movies, int otherBytes, int batchSize)
    {
        using ServiceProvider services = catalogues.Services();
        IPaletteSink sink = services.GetRequiredService<IPaletteSink>();
        sink.Open();
        var palette = new Palette(new(124, 198, 203), new(214, 191, 131), new(32, 32, 32), new(187, 130, 126), new(111, 105, 101), new(140, 148, 140));
        Item<Palette>[] batch = new Item<Palette>[batchSize];
        var outcomes = new Outcome[batchSize];
        int filled = 0;
        var writing = new Stopwatch();
        foreach (Movie movie in services.GetRequiredService<IMovieSource>().ReadMissing(CancellationToken.None))
        {
            batch[filled++] = new Item<Palette>(movie, palette);
            if (filled == batchSize)
            {
                writing.Start();
                sink.Write(batch, outcomes);
                writing.Stop();
                filled = 0;
            }
        }

        writing.Start();
        sink.Write(batch.AsSpan(0, filled), outcomes);
        sink.Close();
        writing.Stop();
        Console.WriteLine(
            $"{otherBytes,5} B of other columns, batches of {batchSize,5}: {movies / writing.Elapsed.TotalSeconds,9:#,0} palettes a second");
    }
}
