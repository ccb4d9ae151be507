using Etl.Host;
using Etl.IntegrationTests.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Serilog.Events;

namespace Etl.IntegrationTests.Commands;

/// <summary>Log lines of several commands in one process.</summary>
public sealed class ConsoleLogTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new ConfigurationFolder()
        .WithFile("etl.json", """{ "Etl": { "Query": { "Database": "m.db" }, "Fetch": { "Locations": ["{id}.jpg"] } } }""");

    private readonly StringWriter _first = new();
    private readonly StringWriter _second = new();

    public void Dispose()
    {
        _folder.Dispose();
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public void Build_TwoAtATime_EachLogsToItsOwnConsole()
    {
        using ServiceProvider first = Build(_first), second = Build(_second);

        Log(first, "one");
        Log(second, "two");

        Assert.Contains("WRN one", Assert.Single(Lines(_first)), StringComparison.Ordinal);
        Assert.Contains("WRN two", Assert.Single(Lines(_second)), StringComparison.Ordinal);
    }

    [Fact]
    public void Build_TheOtherHasEnded_LogsAllTheSame()
    {
        using ServiceProvider first = Build(_first);
        using (ServiceProvider second = Build(_second))
        {
            Log(second, "two");
        }

        Log(first, "one");

        Assert.Contains("WRN one", Assert.Single(Lines(_first)), StringComparison.Ordinal);
    }

    [Fact]
    public void Build_TheFirstHasEnded_LogsAllTheSame()
    {
        ServiceProvider first = Build(_first);
        using ServiceProvider second = Build(_second);
        first.Dispose();

        Log(second, "two");

        Assert.Empty(_first.ToString());
        Assert.Contains("WRN two", Assert.Single(Lines(_second)), StringComparison.Ordinal);
    }

    private static string[] Lines(StringWriter console) => console.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static void Log(ServiceProvider services, string text) =>
        services.GetRequiredService<ILoggerFactory>().CreateLogger("test").Log(LogLevel.Warning, default, text, null, (state, _) => state);

    private ServiceProvider Build(StringWriter console) =>
        EtlServices.Build(_folder.Load(), new ConsoleLog(Terminal.On(console)), LogEventLevel.Warning);
}
