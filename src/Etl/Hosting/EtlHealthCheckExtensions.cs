using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PaletteEtl.Service;

namespace PaletteEtl.Hosting;

/// <summary>Registers health checks of pipelines.</summary>
public static class EtlHealthCheckExtensions
{
    /// <summary>Adds the check <c>etl</c>, or <c>etl:films</c> for the pipeline with the key <c>films</c>: the database opens, a location of
    /// covers is available, and the service, if the pipeline has one, neither waits for the database nor drains. Its tag is
    /// <c>ready</c>.</summary>
    /// <param name="builder">The health checks of the program.</param>
    /// <param name="key">The key of the pipeline; null for that of <c>AddEtl</c>.</param>
    /// <returns>The health checks, for further calls.</returns>
    public static IHealthChecksBuilder AddEtlHealthCheck(this IHealthChecksBuilder builder, string? key = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var parts = new PartRegistry(builder.Services, key);
        parts.AddReadiness();
        return builder.Add(new HealthCheckRegistration(
            key is null ? "etl" : $"etl:{key}",
            provider => new EtlHealthCheck(parts.ServicesOf(provider).GetRequiredService<Readiness>()),
            failureStatus: null,
            tags: ["ready"]));
    }

    /// <summary>Registers the readiness of a pipeline, once for its service and its health check.</summary>
    internal static void AddReadiness(this PartRegistry parts) => parts.TryAdd(provider => new Readiness(
        parts.Find<IServiceProgram>(provider) ?? new PlainProgram(provider),
        parts.Find<ServiceMonitor>(provider),
        provider.GetRequiredService<TimeProvider>()));
}
