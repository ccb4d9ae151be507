using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Etl.IntegrationTests.Run;
using Etl.IntegrationTests.Service;

namespace Etl.LongTests.Service;

/// <summary>Two services in the same trickle of movies: one is watched by a page and by Prometheus, the other by nobody.
/// <c>ETL_TRICKLE</c> sets the number of minutes; from ten on, what watching costs is bounded, and the growth of memory.</summary>
public sealed class TrickleTests(ITestOutputHelper output)
{
    private const double MaxCost = 1.02, MaxGrowth = 1.1;

    /// <summary>Number of samples between two scrapes, which Prometheus makes every 15 s.</summary>
    private const int SamplesPerScrape = 3;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5), Measured = TimeSpan.FromMinutes(10);

    private readonly List<long> _memory = [];

    private static TimeSpan Duration => TimeSpan.FromMinutes(Variable.Minutes("ETL_TRICKLE", 2));

    [Fact]
    public async Task Serve_TrickleWatchedAndNot_AgreesWithTheDatabaseAndCostsTheSame()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Diagnostic ports are sockets elsewhere.");
        using var catalogue = new TestCatalogue(movies: 40);
        using var other = new TestCatalogue(movies: 40);
        await using ServiceProcess watched = await ServiceProcess.StartAsync(catalogue), unwatched = await ServiceProcess.StartAsync(other);
        await Eventually.Holds(() => catalogue.Missing == 2 && other.Missing == 2);
        await Eventually.Holds(async () => (await watched.GetAsync("/api/status")).GetProperty("catalogue").ValueKind == JsonValueKind.Object);
        await using var page = new OpenPage(watched);
        await Eventually.Holds(() => page.Events > 0);
        var history = new CatalogueHistory(catalogue);
        history.Read();
        await using var trickle = new Trickle(catalogue, other);
        await WatchAsync(watched, page, history, Duration / 10); // code is compiled, the heap has its size
        long heap = await HeapAsync(watched);
        int lines = watched.Log.Length, otherLines = unwatched.Log.Length;
        long started = Stopwatch.GetTimestamp();
        TimeSpan before = watched.ProcessorTime, otherBefore = unwatched.ProcessorTime;
        _memory.Clear();

        await WatchAsync(watched, page, history, Duration * 0.9);

        TimeSpan used = watched.ProcessorTime - before, otherUsed = unwatched.ProcessorTime - otherBefore;
        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        (lines, otherLines) = (watched.Log.Length - lines, unwatched.Log.Length - otherLines);
        double growth = Growth(_memory), heapGrowth = (double)await HeapAsync(watched) / heap;
        await trickle.EndAsync();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{elapsed.TotalMinutes:0.0} min, {trickle.Movies} movies, {page.Events} events: processor time {used.TotalSeconds:0.00} s watched, "
            + $"{otherUsed.TotalSeconds:0.00} s not, ratio {used / otherUsed:0.000}; memory {Median(_memory) / 1e6:0} MB, second half / first half {growth:0.00}; "
            + $"heap after a full collection {heap / 1e6:0.0} MB, end / beginning {heapGrowth:0.00}; lines {lines} and {otherLines}"));
        await Eventually.Holds(() => catalogue.Missing == 2 && other.Missing == 2);
        var expected = new CatalogueNumbers(40 + trickle.Movies, 38 + trickle.Movies, 2);
        await Eventually.Holds(() => CatalogueNumbers.Of(page.Status) == expected);
        Assert.Equal(expected, history.Read());
        Assert.Equal(expected, CatalogueNumbers.Of(await MetricsAsync(watched)));
        Assert.All([lines, otherLines], count => Assert.InRange(count, 0, Trickle.MaxLinesPerHour * elapsed.TotalHours));
        if (elapsed > Measured)
        {
            Assert.All([growth, heapGrowth], static times => Assert.InRange(times, 0, MaxGrowth));
            Assert.InRange(used / otherUsed, 0, MaxCost);
        }
    }

    /// <summary>Watches a service for a time, and compares what it shows with its database.</summary>
    private async Task WatchAsync(ServiceProcess service, OpenPage page, CatalogueHistory history, TimeSpan time)
    {
        long started = Stopwatch.GetTimestamp();
        for (int sample = 1; Stopwatch.GetElapsedTime(started) < time; sample++)
        {
            await Task.Delay(Interval, TestContext.Current.CancellationToken);
            JsonElement status = page.Status;
            history.Contains(CatalogueNumbers.Of(status), CatalogueNumbers.CountedAt(status));
            _memory.Add(service.WorkingSet);
            if (sample % SamplesPerScrape == 0)
            {
                string metrics = await MetricsAsync(service);
                history.Contains(CatalogueNumbers.Of(metrics), CatalogueNumbers.CountedAt(status)); // or later
            }
        }
    }

    /// <summary>Bytes of the managed heap that are in use.</summary>
    private static async Task<long> HeapAsync(ServiceProcess service)
    {
        await FullCollection.RunAsync(service.Id);
        return CatalogueNumbers.HeapOf(await MetricsAsync(service));
    }

    private static Task<string> MetricsAsync(ServiceProcess service) => service.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));

    /// <summary>The second half of some values in proportion to the first.</summary>
    private static double Growth(List<long> values) => Median(values[(values.Count / 2)..]) / Median(values[..(values.Count / 2)]);

    private static double Median(List<long> values) => values.Order().ElementAtOrDefault(values.Count / 2);
}
