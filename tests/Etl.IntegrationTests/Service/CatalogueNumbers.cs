using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Etl.IntegrationTests.Service;

/// <summary>The numbers of a catalogue, as its database, the page or the metrics show them.</summary>
internal sealed partial record CatalogueNumbers(long Movies, long Complete, long Failed)
{
    /// <summary>Those of <c>/api/status</c>, which add up.</summary>
    public static CatalogueNumbers Of(JsonElement status)
    {
        JsonElement catalogue = status.GetProperty("catalogue");
        long movies = Number("movies"), complete = Number("complete"), failed = Number("failed");
        Assert.Equal(movies, complete + Number("pending") + failed + Number("unreadable"));
        return new(movies, complete, failed);

        long Number(string name) => catalogue.GetProperty(name).GetInt64();
    }

    /// <summary>Those of <c>/metrics</c>.</summary>
    public static CatalogueNumbers Of(string exposition)
    {
        Dictionary<string, long> states = MoviesByState().Matches(exposition).ToDictionary(
            static match => match.Groups["state"].Value, static match => long.Parse(match.Groups["movies"].Value, CultureInfo.InvariantCulture));
        return new(states.Values.Sum(), states["complete"], states["failed"]);
    }

    /// <summary>The time of the count of <c>/api/status</c>.</summary>
    public static DateTimeOffset CountedAt(JsonElement status) => status.GetProperty("catalogue").GetProperty("countedAt").GetDateTimeOffset();

    /// <summary>The size of the managed heap of <c>/metrics</c>, in bytes.</summary>
    public static long HeapOf(string exposition) =>
        Heap().Matches(exposition).Sum(static match => long.Parse(match.Groups["bytes"].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^dotnet_gc_last_collection_heap_size_bytes\{.*\} (?<bytes>\d+)", RegexOptions.Multiline)]
    private static partial Regex Heap();

    [GeneratedRegex("""^etl_catalogue_movies\{.*etl_catalogue_state="(?<state>\w+)".*\} (?<movies>\d+)""", RegexOptions.Multiline)]
    private static partial Regex MoviesByState();
}
