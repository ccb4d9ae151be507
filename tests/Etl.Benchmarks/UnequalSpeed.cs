using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using PaletteEtl.Pipeline;

namespace Etl.Benchmarks;

/// <summary><c>unequal</c>: workers of one speed, and two of them beside one that takes ten times as long for a movie.</summary>
internal static class UnequalSpeed
{
    private const int Rounds = 3, CoversAtOnce = 16;
    private static readonly TimeSpan Fast = TimeSpan.FromMilliseconds(16), Slow = 10 * Fast;

    /// <param name="arguments">The broker as the coordinator's user has it, as the worker's has it, and the number of movies; the
    /// password is in <c>Etl__Cluster__Password</c>.</param>
    public static async Task RunAsync(string[] arguments)
    {
        int movies = int.Parse(arguments[2], CultureInfo.InvariantCulture);
        using var catalogues = new Catalogues();
        catalogues.Create(movies, otherBytes: 0);
        for (int round = 0; round < Rounds; round++)
        {
            foreach (TimeSpan[] latencies in (TimeSpan[][])[[Fast, Fast], [Fast, Fast, Fast], [Fast, Fast, Slow]])
            {
                catalogues.Reset();
                Console.WriteLine(await MeasureAsync(arguments, catalogues, movies, latencies));
            }
        }
    }

    private static async Task<string> MeasureAsync(string[] brokers, Catalogues catalogues, int movies, TimeSpan[] latencies)
    {
        using var ended = new CancellationTokenSource();
        LatentExtraction[] extractions = [.. latencies.Select(static latency => new LatentExtraction(latency, CoversAtOnce))];
        Task[] workers = [.. extractions.Select(extraction => ClusterSpeed.WorkAsync(brokers[1], extraction, ended.Token))];
        ServiceProvider services = ClusterSpeed.Coordinator(brokers[0], catalogues);
        await using (services)
        {
            long started = Stopwatch.GetTimestamp();
            await services.GetRequiredService<EtlPipeline>().RunAsync();
            TimeSpan taken = Stopwatch.GetElapsedTime(started);
            await ended.CancelAsync();
            await Task.WhenAll(workers);
            long[] lasts = [.. extractions.Select(static extraction => extraction.Last).Order()];
            return $"{string.Join(" + ", latencies.Select(static latency => $"{latency.TotalMilliseconds} ms"))}: "
                + $"{movies / taken.TotalSeconds:#,0} movies a second, of {string.Join(", ", extractions.Select(static extraction => extraction.Movies))}; "
                + $"the last worker went on alone for {Stopwatch.GetElapsedTime(lasts[^2], lasts[^1]).TotalSeconds:0.00} s";
        }
    }
}
