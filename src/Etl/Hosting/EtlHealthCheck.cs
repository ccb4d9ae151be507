using Microsoft.Extensions.Diagnostics.HealthChecks;
using PaletteEtl.Service;

namespace PaletteEtl.Hosting;

/// <summary>The readiness of a pipeline as a health check.</summary>
internal sealed class EtlHealthCheck(Readiness readiness) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<string> problems = await readiness.CheckAsync(cancellationToken).ConfigureAwait(false);
        return problems.Count == 0
            ? HealthCheckResult.Healthy()
            : new HealthCheckResult(context.Registration.FailureStatus, string.Join(' ', problems));
    }
}
