using Etl.Cluster;
using Etl.Cluster.Workers;
using Etl.Host.Configuration;
using Etl.Host.Recovery;
using Etl.Host.Run;
using Etl.Host.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats;
using PaletteEtl.Palettes;
using PaletteEtl.Pipeline;
using PaletteEtl.Telemetry;
using Serilog.Events;

namespace Etl.Host.Cluster;

/// <summary>A worker as a command: signals, telemetry, exit code.</summary>
internal static class WorkerExecution
{
    public static async Task<int> RunAsync(EtlConfiguration configuration, LogFormat format, TextWriter errors)
    {
        ClusterOptions cluster = configuration.Broker;
        var otlp = new OtlpSettings(configuration.OpenTelemetry, ProcessEnvironment.OfProcess().Variables);
        using ServiceProvider services = EtlServices.Build(
            configuration, new ConsoleLog(Terminal.On(errors), format), LogEventLevel.Information, otlp);
        ILogger log = services.GetRequiredService<ILogger<Worker>>();
        using TelemetryExport? export = TelemetryExport.Start(otlp, services, log);

        IOptions<EtlOptions> options = services.GetRequiredService<IOptions<EtlOptions>>();
        TimeProvider clock = services.GetRequiredService<TimeProvider>();
        using var growth = new ThreadPoolGrowth(options.Value, clock);
        using var signals = new Signals(options.Value.DrainTimeout, clock, line => RunLog.Line(log, line));
        using var abort = new RunAbort(signals.Aborting);
        using var extractor = new WorkExtractor(
            (settings, isIsolated) => ExtractionOf(settings, isIsolated, services),
            options,
            cluster.Prefetch,
            services.GetRequiredService<EtlMetrics>(),
            clock,
            abort,
            log);
        using var worker = new Worker(cluster, extractor, abort, new BrokerState(), clock, log);
        await worker.RunAsync(signals.Draining);
        return signals.Aborting.IsCancellationRequested ? signals.ExitCode ?? ExitCodes.Failed : ExitCodes.Done;
    }

    /// <summary>The local stages by a run's settings, over this machine's covers.</summary>
    private static LocalExtraction ExtractionOf(EtlOptions settings, bool isIsolated, IServiceProvider services)
    {
        TimeProvider clock = services.GetRequiredService<TimeProvider>();
        IQuantizer quantizer = Quantizers.Of(settings.Quantize);
        ICoverDecoder decoder = isIsolated
            ? new SandboxDecoder(settings, clock)
            : HostProcess.Decorate(CoverFormats.CreateDecoder(settings.Decode, quantizer.Needs, clock));
        return new(
            services.GetRequiredService<ICoverSource>(), decoder, quantizer, settings.Fetch, services.GetRequiredService<EtlMetrics>());
    }
}
