using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PaletteEtl.Pipeline;
using PaletteEtl.Service;
using PaletteEtl.Telemetry;

namespace PaletteEtl.Hosting;

/// <summary>Registers services that keep catalogues complete with a generic host.</summary>
public static class EtlServiceExtensions
{
    /// <summary>Adds <see cref="EtlService"/> for the pipeline of <c>AddEtl</c>: it fills in the palettes of new movies within seconds,
    /// retries movies that failed, and makes stale palettes again.</summary>
    /// <param name="services">The services of the program, which have a pipeline.</param>
    /// <param name="configure">Changes the options, after those of <c>Etl:Service</c> are set.</param>
    /// <returns>The services, for further calls.</returns>
    /// <exception cref="InvalidOperationException">The services have no pipeline, or have its service already.</exception>
    public static IServiceCollection AddEtlService(this IServiceCollection services, Action<EtlServiceOptions>? configure = null) =>
        services.AddServiceOf(key: null, configure);

    /// <summary>Adds a service for a pipeline of <c>AddKeyedEtl</c>: <c>GetRequiredKeyedService&lt;EtlService&gt;("films")</c>.</summary>
    /// <param name="services">The services of the program, which have the pipeline.</param>
    /// <param name="key">The key of the pipeline.</param>
    /// <param name="configure">Changes the options, after those of <c>Etl:Service</c> are set.</param>
    /// <returns>The services, for further calls.</returns>
    /// <exception cref="InvalidOperationException">The services have no pipeline of this key, or have its service already.</exception>
    public static IServiceCollection AddKeyedEtlService(
        this IServiceCollection services, string key, Action<EtlServiceOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return services.AddServiceOf(key, configure);
    }

    /// <summary>Adds a service.</summary>
    /// <param name="services">The services of the program.</param>
    /// <param name="key">The key of the pipeline; null for the program's only one.</param>
    /// <param name="program">Has the configuration.</param>
    internal static IServiceCollection AddService(
        this IServiceCollection services, string? key, Func<IServiceProvider, IServiceProgram> program)
    {
        var parts = new PartRegistry(services, key);
        parts.Add(program);
        parts.Add(static provider => new ServiceMonitor(provider.GetRequiredService<TimeProvider>()));
        parts.Add(static provider => new CatalogueCounter(
            provider.GetRequiredService<IServiceProgram>(),
            provider.GetRequiredService<ServiceMonitor>(),
            provider.GetRequiredService<TimeProvider>()));
        parts.Add(static provider => new ServiceSummary(
            provider.GetRequiredService<ServiceMonitor>(),
            provider.GetRequiredService<CatalogueCounter>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ServiceSummary>>()));
        parts.Add(static provider => new EtlService(
            provider.GetRequiredService<IServiceProgram>(),
            provider.GetRequiredService<ServiceMonitor>(),
            provider.GetRequiredService<CatalogueCounter>(),
            provider.GetRequiredService<IHostApplicationLifetime>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<EtlService>>()));

        parts.AddReadiness();
        parts.Add(static provider => new ReadinessWatch(provider.GetRequiredService<Readiness>(), provider.GetRequiredService<TimeProvider>()));
        parts.Add(static provider => new ServiceInstruments(
            provider.GetRequiredService<ServiceMonitor>(),
            provider.GetRequiredService<CatalogueCounter>(),
            provider.GetRequiredService<Readiness>(),
            provider.GetRequiredService<EtlMetrics>(),
            provider.GetRequiredService<TimeProvider>()));

        // A host stops them in reverse order: the service drains, the catalogue is counted, and then the last totals are logged.
        parts.AddHosted<ServiceSummary>();
        parts.AddHosted<CatalogueCounter>();
        parts.AddHosted<ReadinessWatch>();
        parts.AddHosted<ServiceInstruments>();
        parts.AddHosted<EtlService>();
        return services;
    }

    private static IServiceCollection AddServiceOf(this IServiceCollection services, string? key, Action<EtlServiceOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (!Has<EtlPipeline>(services, key))
        {
            throw new InvalidOperationException(key is null
                ? "The services have no pipeline to serve. Fix: call AddEtl before AddEtlService."
                : $"The services have no pipeline '{key}' to serve. Fix: call AddKeyedEtl with this key before AddKeyedEtlService.");
        }

        if (Has<EtlService>(services, key))
        {
            throw new InvalidOperationException("The pipeline has a service already. Fix: add one service a pipeline.");
        }

        if (configure is not null)
        {
            services.AddOptions<EtlOptions>(key).Configure(options => configure(options.Service));
        }

        return services.AddService(key, static parts => new PlainProgram(parts));
    }

    private static bool Has<T>(IServiceCollection services, string? key) =>
        services.Any(service => service.ServiceType == typeof(T) && Equals(service.ServiceKey, key));
}
