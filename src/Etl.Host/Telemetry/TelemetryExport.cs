using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Etl.Host.Telemetry;

/// <summary>Exports telemetry for as long as it lives, and delivers the rest at its end.</summary>
internal sealed partial class TelemetryExport : IDisposable
{
    private const string Mend =
        "Collectors listen for grpc at port 4317 and for http/protobuf at port 4318: set OTEL_EXPORTER_OTLP_ENDPOINT and "
        + "OTEL_EXPORTER_OTLP_PROTOCOL, or OpenTelemetry:Endpoint and OpenTelemetry:Protocol";

    /// <summary>How long the end waits for what is not delivered yet.</summary>
    private static readonly TimeSpan FlushLimit = TimeSpan.FromSeconds(5);

    /// <summary>How long nothing more is said of failures.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(10);

    private readonly IReadOnlyList<OtlpTarget> _targets;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly ExportFailures _failures;
    private readonly Func<int, bool>[] _shutdowns;
    private readonly Lock _gate = new();
    private long? _told;

    /// <summary>Starts what the settings export, and logs what is wrong with them; null where they export nothing.</summary>
    public static TelemetryExport? Start(OtlpSettings settings, IServiceProvider services, ILogger log)
    {
        TelemetryExport? export = settings.Targets.Count > 0 ? new(settings, services) : null;
        if (settings.Problems.Any())
        {
            Problem(log, string.Join("; ", settings.Problems));
        }

        return export;
    }

    public TelemetryExport(OtlpSettings settings, IServiceProvider services)
    {
        _targets = settings.Targets;
        _clock = services.GetRequiredService<TimeProvider>();
        _log = services.GetRequiredService<ILogger<TelemetryExport>>();
        _failures = new ExportFailures(Failed);
        _shutdowns =
        [
            services.GetRequiredService<MeterProvider>().Shutdown,
            services.GetRequiredService<TracerProvider>().Shutdown,
            services.GetRequiredService<LoggerProvider>().Shutdown,
        ];
    }

    /// <summary>Delivers what is not delivered yet, within a bound. A shutdown blocks its thread, so each has one of its own: the
    /// thread pool, which may have no more threads than the machine has cores, is needed for the requests.</summary>
    public void Dispose()
    {
        Task[] flushes =
        [
            .. _shutdowns.Select(shutdown => Task.Factory.StartNew(
                () => shutdown(Timeout.Infinite), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)),
        ];
        if (!Task.WaitAll(flushes, FlushLimit))
        {
            Failed(null, $"the remaining telemetry was not delivered within {FlushLimit.TotalSeconds:0} s");
        }

        _failures.Dispose();
    }

    private void Failed(string? address, string reason)
    {
        lock (_gate)
        {
            if (_told is { } told && _clock.GetElapsedTime(told) < Silence)
            {
                return;
            }

            _told = _clock.GetTimestamp();
        }

        OtlpTarget[] targets = [.. _targets.Where(target => address?.StartsWith(target.Endpoint, StringComparison.Ordinal) == true).Take(1)];
        string where = string.Join(" and ", (targets.Length > 0 ? targets : _targets).Select(target => target.ToString()).Distinct());
        NotDelivered(_log, where, reason.Trim().TrimEnd('.'), Mend);
    }

    [LoggerMessage(122, LogLevel.Warning, "{Problem:l}.")]
    private static partial void Problem(ILogger log, string problem);

    [LoggerMessage(121, LogLevel.Warning, "Telemetry is not delivered to {Targets:l}: {Reason:l}. {Mend:l}.")]
    private static partial void NotDelivered(ILogger log, string targets, string reason, string mend);
}
