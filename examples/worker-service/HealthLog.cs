using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace WorkerService;

/// <summary>Logs the health whenever it changes. A program with endpoints maps them by MapHealthChecks instead.</summary>
internal sealed partial class HealthLog(ILogger<HealthLog> log) : IHealthCheckPublisher
{
    private HealthStatus _logged = HealthStatus.Healthy;

    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        if (report.Status != _logged)
        {
            _logged = report.Status;
            Changed(log, report.Status, string.Join(' ', report.Entries.Values.Select(static check => check.Description)));
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Warning, "{Status}. {Problems}")]
    private static partial void Changed(ILogger log, HealthStatus status, string problems);
}
