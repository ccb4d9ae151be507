using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PaletteEtl.Pipeline;

namespace PaletteEtl.Hosting;

/// <summary>Registers the options and the parts of a pipeline.</summary>
internal static class PipelineRegistration
{
    /// <summary>Adds the only pipeline of a program, with options that are valid.</summary>
    public static IServiceCollection AddEtl(this IServiceCollection services, EtlOptions options, Action<EtlBuilder>? compose = null) =>
        services.AddSingleton(Options.Create(options)).AddParts(key: null, compose);

    /// <summary>Sets the options that a section has.</summary>
    /// <param name="section">The section.</param>
    /// <param name="options">The options.</param>
    /// <param name="refusesUnknownKeys">Whether a key that is no option is refused.</param>
    /// <exception cref="InvalidOperationException">The section has an unknown key, or a value of the wrong type.</exception>
    public static void Bind(IConfigurationSection section, EtlOptions options, bool refusesUnknownKeys)
    {
        // The binder adds to a list that has a default; a list that is given replaces it.
        if (section.GetSection("Fetch:Locations").Exists())
        {
            options.Fetch.Locations.Clear();
        }

        section.Bind(options, binder => binder.ErrorOnUnknownConfiguration = refusesUnknownKeys);
    }

    /// <summary>An action that sets the options of a configuration.</summary>
    public static Action<EtlOptions> BindTo(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return options => Bind(EtlSection.Of(configuration), options, refusesUnknownKeys: true);
    }

    /// <summary>Adds a pipeline.</summary>
    /// <param name="services">The services of the program.</param>
    /// <param name="key">The key of the pipeline; null for the program's only one.</param>
    /// <param name="configure">Changes the default options.</param>
    /// <param name="compose">Replaces or decorates parts; null for the default parts.</param>
    public static IServiceCollection AddPipeline(
        this IServiceCollection services, string? key, Action<EtlOptions> configure, Action<EtlBuilder>? compose)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        if (services.Any(service => service.ServiceType == typeof(EtlPipeline) && Equals(service.ServiceKey, key)))
        {
            throw new InvalidOperationException(key is null
                ? "The services have a pipeline already: AddEtl was called before. Fix: call AddKeyedEtl, with a key for each catalogue."
                : $"The services have a pipeline '{key}' already. Fix: give each catalogue a key of its own.");
        }

        services.AddOptions<EtlOptions>(key).Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EtlOptions>, EtlOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EtlOptions>, EtlOptionsConsistency>());
        if (key is not null)
        {
            services.AddKeyedSingleton(
                key, (provider, _) => Options.Create(provider.GetRequiredService<IOptionsMonitor<EtlOptions>>().Get(key)));
        }

        return services.AddParts(key, compose);
    }

    private static IServiceCollection AddParts(this IServiceCollection services, string? key, Action<EtlBuilder>? compose)
    {
        var builder = new EtlBuilder();
        compose?.Invoke(builder);
        services.AddLogging();
        services.AddCoverClient(key);
        builder.AddTo(new PartRegistry(services, key));
        return services;
    }
}
