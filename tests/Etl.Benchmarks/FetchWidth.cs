using System.Globalization;
using Etl.Host.Commands;
using Microsoft.Extensions.DependencyInjection;
using PaletteEtl.Pipeline;

namespace Etl.Benchmarks;

/// <summary><c>fetch-width</c>: covers a second from a server with a latency of 50 ms, of which one request in 50 is answered 503, by the number
/// of covers fetched at once: fixed ones, and the one that adapts.</summary>
internal static class FetchWidth
{
    private const int Drawn = 20, BusyEvery = 50;
    private const string Adaptive = "adaptive", MoreAdaptive = "adaptive to 256";
    private static readonly string[] Widths = ["32", "64", "128", "256", Adaptive, MoreAdaptive];
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(50);

    /// <param name="arguments">The number of movies, and of rounds.</param>
    public static async Task RunAsync(string[] arguments)
    {
        int movies = arguments is [var first, ..] ? int.Parse(first, CultureInfo.InvariantCulture) : 3_000;
        int rounds = arguments is [_, var second, ..] ? int.Parse(second, CultureInfo.InvariantCulture) : 5;
        var speeds = Widths.ToDictionary(static width => width, static _ => new List<double>());
        for (int round = 0; round < rounds; round++)
        {
            foreach (string width in Widths)
            {
                speeds[width].Add(await MeasureAsync(width, movies));
            }
        }

        foreach (string width in Widths)
        {
            List<double> sorted = [.. speeds[width].Order()];
            Console.WriteLine($"{width,-15} {sorted[rounds / 2],8:0} covers/s, median of {rounds} (least {sorted[0]:0}, most {sorted[^1]:0})");
        }
    }

    private static async Task<double> MeasureAsync(string width, int movies)
    {
        using var catalogues = new Catalogues();
        string drawn = Path.Combine(catalogues.Folder, "drawn");
        DemoFolder.Create(drawn, Drawn);
        catalogues.Create(movies, otherBytes: 0);
        using var server = new CoverServer(Directory.EnumerateFiles(Path.Combine(drawn, "covers")), Latency, BusyEvery);
        KeyValuePair<string, string?>[] settings = width == Adaptive
            ? []
            : width == MoreAdaptive ? [new("Etl:Fetch:MaxDegreeOfParallelism", "256")]
            : [new("Etl:Fetch:DegreeOfParallelism", width), new("Etl:Fetch:BoundedCapacity", $"{int.Parse(width, CultureInfo.InvariantCulture) + 24}"), new("Etl:Fetch:MaxDegreeOfParallelism", "0")];
        await using ServiceProvider services = catalogues.Services(
            [new("Etl:Fetch:Locations:0", server.Location), new("Etl:Quantize:Algorithm", "Oklab"), .. settings]);
        RunReport report = await services.GetRequiredService<EtlPipeline>().RunAsync();
        return report.Written / report.Elapsed.TotalSeconds;
    }
}
