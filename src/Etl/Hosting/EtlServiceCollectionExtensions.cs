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
        var builder = new EtlBuilder();
        compose(builder);
        IConfigurationSection section = configuration.GetSection(EtlOptions.Section);
        services.AddOptions<EtlOptions>().Configure(options => Bind(section, options, builder.ProgramSections)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<EtlOptions>, EtlOptionsValidator>();
        services.AddSingleton<IValidateOptions<EtlOptions>, EtlOptionsConsistency>();
        services.AddLogging();
        services.AddCoverClient();
        builder.AddTo(services);
        return services;
    }

    /// <summary>Sets the options that a section has.</summary>
    /// <param name="section">The section.</param>
    /// <param name="options">The options.</param>
    /// <param name="programSections">Sections in it that are not the pipeline's.</param>
    /// <exception cref="InvalidOperationException">The section has an unknown key, or a value of the wrong type.</exception>
    internal static void Bind(IConfigurationSection section, EtlOptions options, IEnumerable<string> programSections)
    {
        // The binder adds to a list that has a default; a list that is given replaces it.
        if (section.GetSection("Fetch:Locations").Exists())
        {
            options.Fetch.Locations.Clear();
        }

        new ConfigurationBuilder()
            .AddInMemoryCollection(section.AsEnumerable(makePathsRelative: true)
                .Where(setting => !programSections.Contains(setting.Key.Split(':')[0], StringComparer.OrdinalIgnoreCase)))
            .Build()
            .Bind(options, static binder => binder.ErrorOnUnknownConfiguration = true);
    }
}
