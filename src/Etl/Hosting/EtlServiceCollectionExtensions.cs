using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace PaletteEtl.Hosting;

/// <summary>Registers the pipeline with a program's services.</summary>
public static class EtlServiceCollectionExtensions
{
    /// <summary>Adds <see cref="Pipeline.EtlPipeline"/> and its parts, with the options of the section <c>Etl</c>.
    /// Options are validated when the host starts; unknown keys are refused.</summary>
    public static IServiceCollection AddEtl(this IServiceCollection services, IConfiguration configuration) =>
        services.AddEtl(configuration, static _ => { });

    /// <summary>Likewise, with parts that are replaced or decorated: other stores, covers or quantizers.</summary>
    /// <param name="services">The services of the program.</param>
    /// <param name="configuration">The configuration with the section <c>Etl</c>, which may be missing.</param>
    /// <param name="compose">Replaces or decorates parts; called once, at once.</param>
    public static IServiceCollection AddEtl(this IServiceCollection services, IConfiguration configuration, Action<EtlBuilder> compose)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(compose);
        IConfigurationSection section = configuration.GetSection(EtlOptions.Section);
        services.AddOptions<EtlOptions>().Configure(options => Bind(section, options, refusesUnknownKeys: true)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<EtlOptions>, EtlOptionsValidator>();
        services.AddSingleton<IValidateOptions<EtlOptions>, EtlOptionsConsistency>();
        return services.AddParts(compose);
    }

    /// <summary>Likewise, with options that are valid.</summary>
    internal static IServiceCollection AddEtl(this IServiceCollection services, EtlOptions options, Action<EtlBuilder> compose) =>
        services.AddSingleton(Options.Create(options)).AddParts(compose);

    /// <summary>Sets the options that a section has.</summary>
    /// <param name="section">The section.</param>
    /// <param name="options">The options.</param>
    /// <param name="refusesUnknownKeys">Whether a key that is no option is refused.</param>
    /// <exception cref="InvalidOperationException">The section has an unknown key, or a value of the wrong type.</exception>
    internal static void Bind(IConfigurationSection section, EtlOptions options, bool refusesUnknownKeys)
    {
        // The binder adds to a list that has a default; a list that is given replaces it.
        if (section.GetSection("Fetch:Locations").Exists())
        {
            options.Fetch.Locations.Clear();
        }

        section.Bind(options, binder => binder.ErrorOnUnknownConfiguration = refusesUnknownKeys);
    }

    private static IServiceCollection AddParts(this IServiceCollection services, Action<EtlBuilder> compose)
    {
        var builder = new EtlBuilder();
        compose(builder);
        services.AddLogging();
        services.AddCoverClient();
        builder.AddTo(services);
        return services;
    }
}
