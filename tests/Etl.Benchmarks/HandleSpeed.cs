using System.Diagnostics;
using System.Globalization;
using PaletteEtl.Hosting;
using PaletteEtl.Palettes;
using SkiaSharp;

namespace Etl.Benchmarks;

/// <summary><c>handles</c>: how much faster eight handles on memory streams are than eight calls one after the other, and how
/// long a call takes to return its handle.</summary>
internal static class HandleSpeed
{
    private const int Handles = 8;

    public static async Task RunAsync(string[] arguments)
    {
        int rounds = arguments is [var count, ..] ? int.Parse(count, CultureInfo.InvariantCulture) : 20;
        byte[] picture = Poster();
        var extractor = new PaletteExtractor();
        var (factors, slowest) = (new double[rounds], new double[rounds]);
        await OneByOneAsync(extractor, picture);
        for (int round = 0; round < rounds; round++)
        {
            TimeSpan alone = await OneByOneAsync(extractor, picture);
            (TimeSpan together, slowest[round]) = await AtOnceAsync(extractor, picture);
            factors[round] = alone / together;
        }

        Array.Sort(factors);
        Array.Sort(slowest);
        Console.WriteLine(
            $"{Handles} handles, median of {rounds}: {factors[rounds / 2]:0.00} times as fast (least {factors[0]:0.00}, most {factors[^1]:0.00}); "
            + $"the slowest handle of a round came back after {slowest[rounds / 2]:0.000} ms (most {slowest[^1]:0.000} ms); "
            + $"{Environment.ProcessorCount} processors");
    }

    private static async Task<TimeSpan> OneByOneAsync(PaletteExtractor extractor, byte[] picture)
    {
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < Handles; i++)
        {
            await extractor.ExtractAsync(new MemoryStream(picture));
        }

        return Stopwatch.GetElapsedTime(started);
    }

    private static async Task<(TimeSpan Elapsed, double Slowest)> AtOnceAsync(PaletteExtractor extractor, byte[] picture)
    {
        var handles = new Task<Palette>[Handles];
        double slowest = 0;
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < Handles; i++)
        {
            long called = Stopwatch.GetTimestamp();
            handles[i] = extractor.ExtractAsync(new MemoryStream(picture));
            slowest = Math.Max(slowest, Stopwatch.GetElapsedTime(called).TotalMilliseconds);
        }

        await Task.WhenAll(handles);
        return (Stopwatch.GetElapsedTime(started), slowest);
    }

    private static byte[] Poster()
    {
        using SKBitmap bitmap = Pictures.Draw(1_000, 1_500, new Random(1));
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        return data.ToArray();
    }
}
