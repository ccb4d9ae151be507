using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Hosting;
using PaletteEtl.Palettes;

namespace Etl.Benchmarks;

/// <summary><c>similar</c>: how long searches for similar palettes take in a catalogue of a million rows, with and without an index in memory.</summary>
internal static class SimilarSpeed
{
    private const int Rounds = 5;
    private const int Found = 6;
    private const int Searches = 500;

    /// <param name="arguments">The number of rows, and a folder of covers whose palettes are varied; otherwise drawn ones are used.</param>
    public static void Run(string[] arguments)
    {
        int movies = arguments is [var number, ..] ? int.Parse(number, CultureInfo.InvariantCulture) : 1_000_000;
        using var catalogues = new Catalogues();
        Palette[] covers = PalettesOf(catalogues.Covers(arguments.ElementAtOrDefault(1)));
        catalogues.Create(movies, otherBytes: 0);
        VariedPalettes.Fill(catalogues, covers);
        Console.WriteLine($"{movies:#,0} rows with palettes and shares, varied from those of {covers.Length} covers");
        var options = new EtlOptions { Query = { Database = catalogues.Database }, Columns = { Population = VariedPalettes.Column } };
        var catalogue = new SqliteCatalogue(options.Catalogue);
        Search(new SqliteCatalogue(new EtlOptions { Query = { Database = catalogues.Database } }.Catalogue), "without shares", IdOf(movies / 2));
        Search(catalogue, "with shares", IdOf(movies / 2));
        PaletteIndex index = Read(catalogue, earlier: null);
        Console.WriteLine($"        {(double)index.Bytes / index.Count:0} bytes a palette, {index.Bytes / 1e6:0.0} MB in {index.Segments.Count} segments");
        Read(catalogue, index);
        Change(catalogues, IdOf(movies / 2));
        Read(catalogue, index);
        var random = new Random(2);
        Measure("the id of a movie", () => PaletteSearch.Find(catalogue, index, IdOf(random.Next(movies)), Found).Movies);
        Measure("a varied palette", () => index.Nearest(VariedPalettes.Vary(covers[random.Next(covers.Length)], random), Found));
        Measure("one to four random colours", () => index.Nearest(VariedPalettes.Random(random), Found));
        MeasureTogether(index, covers);
    }

    private static void Search(SqliteCatalogue catalogue, string what, string id)
    {
        for (int round = 0; round < Rounds; round++)
        {
            (long started, TimeSpan used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            IReadOnlyList<SimilarMovie> movies = PaletteSearch.Find(catalogue, id, Found).Movies;
            double cpu = (Environment.CpuUsage.TotalTime - used).TotalMilliseconds;
            Console.WriteLine($"{Milliseconds(started),6:0} ms {what} and without an index ({cpu:0} ms of CPU), distances {movies[0].Distance:0.00} to {movies[^1].Distance:0.00}");
        }
    }

    private static PaletteIndex Read(SqliteCatalogue catalogue, PaletteIndex? earlier)
    {
        (long started, TimeSpan used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        PaletteIndex index = PaletteIndexReader.Read(catalogue, earlier);
        double cpu = (Environment.CpuUsage.TotalTime - used).TotalMilliseconds;
        int again = earlier is null ? 0 : index.Segments.Intersect(earlier.Segments).Count();
        Console.WriteLine($"{Milliseconds(started),6:0} ms to read the index ({cpu:0} ms of CPU), {again} of {index.Segments.Count} segments being those of the earlier one");
        return index;
    }

    private static void Measure(string what, Func<IReadOnlyList<SimilarMovie>> search)
    {
        search();
        double[] times =
        [
            .. Enumerable.Range(0, Searches).Select(_ =>
            {
                long started = Stopwatch.GetTimestamp();
                search();
                return Milliseconds(started);
            }).Order(),
        ];
        Console.WriteLine($"{Searches} searches for {what}: {Percentiles(times)}");
    }

    /// <summary>Four threads, as many as the service serves at a time.</summary>
    private static void MeasureTogether(PaletteIndex index, Palette[] covers)
    {
        const int Threads = 4;
        double[] times =
        [
            .. Enumerable.Range(0, Threads).AsParallel().WithDegreeOfParallelism(Threads).SelectMany(thread =>
            {
                var random = new Random(thread);
                return Enumerable.Range(0, Searches / Threads).Select(_ =>
                {
                    Palette palette = VariedPalettes.Vary(covers[random.Next(covers.Length)], random);
                    long started = Stopwatch.GetTimestamp();
                    index.Nearest(palette, Found);
                    return Milliseconds(started);
                });
            }).Order(),
        ];
        Console.WriteLine($"{times.Length} searches of {Threads} threads for a varied palette: {Percentiles(times)}");
    }

    private static void Change(Catalogues catalogues, string id)
    {
        using SqliteConnection connection = catalogues.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"UPDATE movies SET palette_json = '[[1, 2, 3]]' WHERE id = '{id}'";
        command.ExecuteNonQuery();
    }

    private static Palette[] PalettesOf(string[] covers)
    {
        var extractor = new SharedPaletteExtractor(QuantizeAlgorithm.Oklab);
        return [.. covers.Select(path => extractor.Extract(File.ReadAllBytes(path)))];
    }

    private static string IdOf(int movie) => movie.ToString("0000000", CultureInfo.InvariantCulture);

    private static string Percentiles(double[] times) =>
        $"p50 {times[times.Length / 2]:0.0} ms, p95 {times[times.Length * 95 / 100]:0.0} ms, most {times[^1]:0.0} ms";

    private static double Milliseconds(long started) => Stopwatch.GetElapsedTime(started).TotalMilliseconds;
}
