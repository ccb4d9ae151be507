using System.Runtime.ExceptionServices;
using Etl.Host.Configuration;
using Etl.Host.Run;
using Etl.Host.Telemetry;
using Etl.Host.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PaletteEtl.Service;

namespace Etl.Host.Service;

/// <summary>The service as a command: from its start to its exit code.</summary>
internal static partial class ServiceExecution
{
    public static async Task<int> RunAsync(ConfigurationOrigin origin, string? urls, LogFormat format, TextWriter errors)
    {
        var environment = ProcessEnvironment.OfProcess();
        string[] addresses = ServiceAddress.Of(urls, origin.First, environment);
        OtlpSettings otlp = OpenTelemetryServices.Check(new OtlpSettings(origin.First.OpenTelemetry, environment.Variables));
        await using WebApplication app = ServiceHost.Build(origin, addresses, new ConsoleLog(Terminal.On(errors), format), otlp);
        ILogger log = app.Services.GetRequiredService<ILogger<EtlService>>();
        using TelemetryExport? export = TelemetryExport.Start(otlp, app.Services, log);
        await Listener.StartAsync(app, "The service", addresses, "--urls or Etl:Service:Urls");
        var signals = app.Services.GetRequiredService<Signals>();
        using CancellationTokenRegistration stopping = signals.Draining.Register(app.Lifetime.StopApplication);
        Answers(log, string.Join(", ", app.Urls));
        await app.WaitForShutdownAsync();
        Ended(log);

        if (FaultOf(app) is { } fault)
        {
            ExceptionDispatchInfo.Throw(fault);
        }

        return signals.Aborting.IsCancellationRequested ? signals.ExitCode ?? ExitCodes.Failed : ExitCodes.Done;
    }

    /// <summary>The exception that ended the service or another background service; null when none failed.</summary>
    private static Exception? FaultOf(WebApplication app) =>
        app.Services.GetServices<IHostedService>().OfType<BackgroundService>()
            .Select(static part => part.ExecuteTask?.Exception?.InnerException)
            .FirstOrDefault(static fault => fault is not null);

    [LoggerMessage(142, LogLevel.Information, "The service answers at {Addresses:l}")]
    private static partial void Answers(ILogger log, string addresses);

    [LoggerMessage(143, LogLevel.Information, "The service has ended.")]
    private static partial void Ended(ILogger log);
}
