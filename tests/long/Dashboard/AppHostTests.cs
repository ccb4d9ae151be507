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

    /// <summary>The number of warnings whose trace has the event of a dead letter with its movie.</summary>
    private static async Task<int> FailuresAsync(AppHostProcess host)
    {
        string[] warned = [.. (await host.LogsAsync()).Where(IsWarning).Select(TraceOf)];
        return (await host.SpansAsync()).Count(span => warned.Contains(TraceOf(span)) && EventsOf(span).Any(IsDeadLetter));
    }

    private static bool IsWarning(JsonElement log) => log.GetProperty("severityText").GetString() == "Warning" && log.TryGetProperty("traceId", out _);

    private static bool IsDeadLetter(JsonElement happened) =>
        happened.GetProperty("name").GetString() == "etl.dead_letter"
        && happened.GetProperty("attributes").EnumerateArray().Any(attribute => attribute.GetProperty("key").GetString() == "etl.movie.id");

    private static string TraceOf(JsonElement item) => item.GetProperty("traceId").GetString()!;

    private static JsonElement[] EventsOf(JsonElement span) => span.TryGetProperty("events", out JsonElement events) ? [.. events.EnumerateArray()] : [];
}
