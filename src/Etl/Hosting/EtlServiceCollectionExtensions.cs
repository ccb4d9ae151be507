using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Covers;
using PaletteEtl.Covers.Http;
using PaletteEtl.Palettes;
using PaletteEtl.Pipeline;
using PaletteEtl.Telemetry;

namespace PaletteEtl.Hosting;

/// <summary>Registers the pipeline with a program's services.</summary>
public static class EtlServiceCollectionExtensions
{
    private static readonly string[] ProgramSections = ["Cluster", "Service"];

    /// <summary>Adds <see cref="EtlPipeline"/> and what it is made of, with the options of the section <c>Etl</c>.
    /// Options are validated when the host starts; unknown keys are refused.</summary>
    public static IServiceCollection AddEtl(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        IConfigurationSection section = configuration.GetSection(EtlOptions.Section);
        services.AddOptions<EtlOptions>().Configure(options => Bind(section, options)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<EtlOptions>, EtlOptionsValidator>();
        services.AddSingleton<IValidateOptions<EtlOptions>, EtlOptionsConsistency>();

        services.AddLogging();
        services.AddCoverClient();
        services.TryAddSingleton<IMovieSource, SqliteMovieSource>();
        services.TryAddSingleton<ICoverSource, LocatedCoverSource>();
        services.TryAddSingleton<ICoverDecoder>(provider =>
            new CoverDecoder(
                OptionsOf(provider).Decode, OptionsOf(provider).Quantize.Algorithm, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => Quantizers.Of(OptionsOf(provider).Quantize));
        services.TryAddSingleton<IPaletteSink, SqlitePaletteSink>();
        services.TryAddSingleton<IExtraction>(provider => new LocalExtraction(
            provider.GetRequiredService<ICoverSource>(),
            provider.GetRequiredService<ICoverDecoder>(),
            provider.GetRequiredService<IQuantizer>(),
            OptionsOf(provider).Fetch,
            provider.GetRequiredService<EtlMetrics>()));
        services.TryAddSingleton(provider => new EtlPipeline(
            provider.GetRequiredService<IMovieSource>(),
            provider.GetRequiredService<IExtraction>(),
            provider.GetRequiredService<IPaletteSink>(),
            provider.GetRequiredService<IOptions<EtlOptions>>(),
            provider.GetRequiredService<EtlMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<EtlPipeline>>()));
        return services;
    }

    internal static void Bind(IConfigurationSection section, EtlOptions options)
    {
        // The binder adds to a list that has a default; a list that is given replaces it.
        if (section.GetSection("Fetch:Locations").Exists())
        {
            options.Fetch.Locations.Clear();
        }

        Known(section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
    }

    /// <summary>The section without what configures a program around the pipeline, which is not refused here.</summary>
    private static IConfigurationRoot Known(IConfigurationSection section) => new ConfigurationBuilder()
        .AddInMemoryCollection(section.AsEnumerable(makePathsRelative: true)
            .Where(static setting => !ProgramSections.Contains(setting.Key.Split(':')[0], StringComparer.OrdinalIgnoreCase)))
        .Build();

    private static EtlOptions OptionsOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<EtlOptions>>().Value;
}
