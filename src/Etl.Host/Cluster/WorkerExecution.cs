using System.Security.Cryptography;
using Etl.Cluster;
using Etl.Cluster.Messages;
using Etl.Cluster.Workers;
using Etl.Host.Configuration;
using Etl.Host.Outputs;
using Etl.Host.Recovery;
using Etl.Host.Run;
using Etl.Host.Service;
using Etl.Host.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats;
using PaletteEtl.Covers.Http;
using PaletteEtl.Palettes;
using PaletteEtl.Pipeline;
using PaletteEtl.Telemetry;
using Serilog.Events;

namespace Etl.Host.Cluster;

/// <summary>A worker as a command: signals, telemetry, health, exit code.</summary>
internal static class WorkerExecution
{
    public static async Task<int> RunAsync(EtlConfiguration configuration, LogFormat format, TextWriter errors)
    {
        ClusterOptions cluster = configuration.Broker;
        OutputFile? healthFile = configuration.Worker.HealthFile is { } file
            ? FilesInUse.Of(configuration).Claim($"{WorkerOptions.Section}:{nameof(WorkerOptions.HealthFile)}", new FileInfo(file))
            : null;
        OtlpSettings otlp = OpenTelemetryServices.Check(new OtlpSettings(configuration.OpenTelemetry, ProcessEnvironment.OfProcess().Variables));
        using ServiceProvider services = EtlServices.Build(
            configuration, new ConsoleLog(Terminal.On(errors), format), LogEventLevel.Information, otlp);
        ILogger log = services.GetRequiredService<ILogger<Worker>>();
        using TelemetryExport? export = TelemetryExport.Start(otlp, services, log);
        ReportIgnored(configuration, log);

        EtlOptions options = services.GetRequiredService<IOptions<EtlOptions>>().Value;
        TimeProvider clock = services.GetRequiredService<TimeProvider>();
        using var growth = new ThreadPoolGrowth(options, clock);
        using var signals = new Signals(options.DrainTimeout, clock, line => RunLog.Line(log, line));
        using var abort = new RunAbort(signals.Aborting);
        var state = new ClusterState();
        var monitor = new WorkerMonitor(RandomNumberGenerator.GetHexString(16, lowercase: true), ProgramVersion.Number, clock);
        using var extractor = new WorkExtractor(
            (settings, isIsolated) => ExtractionOf(settings, isIsolated, services),
            services.GetRequiredService<IOptions<EtlOptions>>(),
            cluster.Prefetch,
            monitor,
            services.GetRequiredService<EtlMetrics>(),
            clock,
            abort,
            log);
        var health = new WorkerHealth(options, monitor, extractor, state);
        await using WebApplication? endpoints = await WorkerEndpoints.StartAsync(configuration, health, log);
        using var worker = new Worker(cluster, extractor, services.GetRequiredService<CoverLocations>().ProblemAsync, monitor, state, abort, clock, log);
        var supervision = new WorkerSupervision(
            health, healthFile, new Systemd(services.GetRequiredService<ILogger<Systemd>>()), clock, log);
        await supervision.RunAsync(worker.RunAsync(signals.Draining));
        return signals.Aborting.IsCancellationRequested ? signals.ExitCode ?? ExitCodes.Failed : ExitCodes.Done;
    }

    /// <summary>Logs the options of this machine that a run decides.</summary>
    private static void ReportIgnored(EtlConfiguration configuration, ILogger log)
    {
        string[] ignored =
        [
            .. configuration.Settings
                .Where(static setting => setting.Origin != Setting.Default && ExtractionSettings.IsOfTheRun(setting.Path))
                .Select(static setting => setting.Path),
        ];
        if (ignored.Length > 0)
        {
            ClusterLog.OptionsIgnored(log, string.Join(", ", ignored), ignored.Length == 1 ? "is" : "are");
        }
    }

    /// <summary>The local stages by a run's settings, over this machine's covers.</summary>
    private static LocalExtraction ExtractionOf(EtlOptions settings, bool isIsolated, IServiceProvider services)
    {
        TimeProvider clock = services.GetRequiredService<TimeProvider>();
        IQuantizer quantizer = Quantizers.Of(settings.Quantize);
        ICoverDecoder decoder = isIsolated
            ? new SandboxDecoder(settings, clock)
            : HostProcess.Decorate(CoverFormats.CreateDecoder(settings.Decode, settings.NeedsOf(quantizer), clock));
        return new(
            services.GetRequiredService<ICoverSource>(),
            decoder,
            quantizer,
            settings.CoverColumns,
            settings.Fetch,
            services.GetRequiredService<CoverClient>().Limit,
            services.GetRequiredService<EtlMetrics>());
    }
}
