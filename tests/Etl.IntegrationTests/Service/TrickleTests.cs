using System.Diagnostics;
using System.Text.Json;
using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Service;

/// <summary>Twenty seconds of a service in a trickle of movies. The long test of the same name goes on for longer, and measures.</summary>
public sealed class TrickleTests : IDisposable
{
    private const int Samples = 20;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly TestCatalogue _catalogue = new(movies: 40);

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public async Task Serve_Trickle_PageStatusAndMetricsAgreeWithTheDatabase()
    {
        await using ServiceProcess service = await ServiceProcess.StartAsync(_catalogue);
        await Eventually.Holds(() => _catalogue.Missing == 2);
        await Eventually.Holds(async () => (await service.GetAsync("/api/status")).GetProperty("catalogue").ValueKind == JsonValueKind.Object);
        await using var page = new OpenPage(service);
        await Eventually.Holds(() => page.Events > 0);
        var history = new CatalogueHistory(_catalogue);
        history.Read();
        int lines = service.Log.Length;
        long started = Stopwatch.GetTimestamp();
        await using var trickle = new Trickle(_catalogue);

        for (int sample = 0; sample < Samples; sample++)
        {
            await Task.Delay(Interval, TestContext.Current.CancellationToken);
            JsonElement shown = page.Status, status = await service.GetAsync("/api/status");
            string metrics = await service.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
            history.Contains(CatalogueNumbers.Of(shown), CatalogueNumbers.CountedAt(shown));
            history.Contains(CatalogueNumbers.Of(status), CatalogueNumbers.CountedAt(status));
            history.Contains(CatalogueNumbers.Of(metrics), CatalogueNumbers.CountedAt(status)); // or later
        }

        await trickle.EndAsync();
        lines = service.Log.Length - lines;
        double hours = Stopwatch.GetElapsedTime(started).TotalHours;
        await Eventually.Holds(() => _catalogue.Missing == 2);
        var expected = new CatalogueNumbers(40 + trickle.Movies, 38 + trickle.Movies, 2);
        await Eventually.Holds(async () => CatalogueNumbers.Of(await service.GetAsync("/api/status")) == expected);
        Assert.Equal(expected, history.Read());
        await Eventually.Holds( // the exporter repeats an answer for up to 300 ms
            async () => CatalogueNumbers.Of(await service.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative))) == expected);
        Assert.Equal(expected.Complete, (await service.GetAsync("/api/status")).GetProperty("totals").GetProperty("written").GetInt64());
        Assert.InRange(page.Events, 2, int.MaxValue);
        Assert.InRange(lines, 0, Trickle.MaxLinesPerHour * hours);
    }
}
