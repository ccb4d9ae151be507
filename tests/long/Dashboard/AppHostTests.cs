using System.Text.Json;

namespace Etl.LongTests.Dashboard;

/// <summary><c>dotnet run --project src/Etl.AppHost</c>: the Aspire dashboard receives metrics, traces and logs of a service at work.</summary>
public sealed class AppHostTests
{
    private const string Loopback = "0100007F", Loopback6 = "00000000000000000000000001000000", LoopbackMapped = "0000000000000000FFFF00000100007F";

    [Fact]
    public async Task AppHost_Started_ShowsAllSignalsAndEndsWithItsProcesses()
    {
        await using AppHostProcess host = await AppHostProcess.StartAsync();

        await Eventually.Holds(async () => await host.AskAsync("resources") is { } all && all.EnumerateArray().Any(HasAllSignals));
        await Eventually.Holds(async () =>
            NamesOf(await host.SpansAsync()).IsSupersetOf(["etl.run", "etl.batch", "etl.movie", "etl.query", "etl.wait", "etl.fetch", "etl.decode", "etl.quantize", "etl.write"]));
        await Eventually.Holds(async () => await FailuresAsync(host) > 0);
        int[] processes = host.Processes();
        Assert.True(processes.Length >= 4, $"{processes.Length} processes"); // host, dashboard, site and service, and those between them
        string[] listeners = [.. AppHostProcess.Listeners(processes)];
        Assert.NotEmpty(listeners);
        Assert.All(listeners, address => Assert.Contains(address, (string[])[Loopback, Loopback6, LoopbackMapped]));

        await host.EndAsync();
    }

    private static bool HasAllSignals(JsonElement resource) =>
        resource.GetProperty("name").GetString() == "etl"
        && resource.GetProperty("hasMetrics").GetBoolean()
        && resource.GetProperty("hasTraces").GetBoolean()
        && resource.GetProperty("hasLogs").GetBoolean();

    private static HashSet<string> NamesOf(JsonElement[] spans) => [.. spans.Select(span => span.GetProperty("name").GetString()!)];

    /// <summary>The number of failed movies that a log line names and whose trace, to which it leads, has the event of the dead letter.</summary>
    private static async Task<int> FailuresAsync(AppHostProcess host)
    {
        HashSet<(string, string?)> logged = [.. (await host.LogsAsync()).Where(IsFailure).Select(log => (TraceOf(log), Attribute(log, "Movie")))];
        return (await host.SpansAsync())
            .SelectMany(span => EventsOf(span).Where(IsDeadLetter).Select(happened => (TraceOf(span), Attribute(happened, "etl.movie.id"))))
            .Count(logged.Contains);
    }

    private static bool IsFailure(JsonElement log) =>
        log.TryGetProperty("traceId", out _) && Attribute(log, "Movie") is not null && log.GetProperty("body").GetProperty("stringValue").GetString()!.Contains(" failed in ", StringComparison.Ordinal);

    private static bool IsDeadLetter(JsonElement happened) => happened.GetProperty("name").GetString() == "etl.dead_letter";

    private static string? Attribute(JsonElement item, string key) => item.GetProperty("attributes").EnumerateArray()
        .Where(attribute => attribute.GetProperty("key").GetString() == key)
        .Select(attribute => attribute.GetProperty("value").GetProperty("stringValue").GetString())
        .SingleOrDefault();

    private static string TraceOf(JsonElement item) => item.GetProperty("traceId").GetString()!;

    private static JsonElement[] EventsOf(JsonElement span) => span.TryGetProperty("events", out JsonElement events) ? [.. events.EnumerateArray()] : [];
}
