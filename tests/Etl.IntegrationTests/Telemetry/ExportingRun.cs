using Etl.IntegrationTests.Run;
using Etl.Tests.Support.Otlp;

namespace Etl.IntegrationTests.Telemetry;

/// <summary>Runs of the real process that export to a receiver.</summary>
internal static class ExportingRun
{
    /// <summary>The variables that have a process export to a receiver.</summary>
    public static (string Name, string Value)[] Variables(OtlpReceiver receiver) =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Url), ("OTEL_EXPORTER_OTLP_PROTOCOL", receiver.Protocol),
    ];

    /// <summary>A run on a drawn catalogue that exports to a receiver.</summary>
    public static Task<EtlOutput> RunAsync(TestCatalogue catalogue, OtlpReceiver receiver, params string[] arguments) =>
        RunAsync(catalogue, Variables(receiver), arguments);

    /// <summary>Likewise with variables of the environment. Batches are full or the last one, however slow the machine is.</summary>
    public static async Task<EtlOutput> RunAsync(
        TestCatalogue catalogue, (string Name, string Value)[] variables, params string[] arguments)
    {
        using EtlProcess process = EtlProcess.Start(
            catalogue.Folder,
            variables,
            ["run", "--report", "report.json", "--set", "Etl:Write:FlushInterval=00:30:00", .. TestCatalogue.Settings, .. arguments]);
        return await process.EndAsync();
    }
}
