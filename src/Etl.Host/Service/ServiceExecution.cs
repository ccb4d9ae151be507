using Etl.Host.Configuration;
using Etl.Host.Run;
using Etl.Host.Telemetry;
using Etl.Host.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Etl.Host.Service;

/// <summary>The service as a command: from its start to its exit code.</summary>
internal static partial class ServiceExecution
{
    public static async Task<int> RunAsync(ConfigurationOrigin origin, string? urls, LogFormat format, TextWriter errors)
    {
        var surroundings = Surroundings.OfProcess();
        string[] addresses = ServiceAddress.Of(urls, origin.First, surroundings);
        OtlpSettings otlp = origin.First.ToOtlpSettings(surroundings);
        await using WebApplication app = ServiceHost.Build(origin, addresses, new ConsoleLog(Terminal.On(errors), format), otlp);
        using TelemetryExport? export = otlp.Targets.Count > 0 ? new TelemetryExport(otlp, app.Services) : null;
        ILogger log = app.Services.GetRequiredService<ILogger<EtlService>>();
        TelemetryProblems.Tell(log, otlp);
        BlockedReads.LetThemHaveThreads(origin.First.ToOptions());
        await app.StartAsync();
        Answers(log, string.Join(", ", app.Urls));
        await app.WaitForShutdownAsync();
        Ended(log);

        var service = app.Services.GetRequiredService<EtlService>();
        var signals = app.Services.GetRequiredService<Signals>();
        return service.Fault is { } fault ? throw fault
            : signals.Aborting.IsCancellationRequested ? signals.ExitCode ?? ExitCodes.Failed
            : ExitCodes.Done;
    }

    [LoggerMessage(142, LogLevel.Information, "The service answers at {Addresses}.")]
    private static partial void Answers(ILogger log, string addresses);

    [LoggerMessage(143, LogLevel.Information, "The service has ended.")]
    private static partial void Ended(ILogger log);
}
