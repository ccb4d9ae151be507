using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Covers;
using PaletteEtl.Covers.Files;
using PaletteEtl.Covers.Formats;
using PaletteEtl.Covers.Http;
using PaletteEtl.Palettes;
using PaletteEtl.Pipeline;
using PaletteEtl.Service;
using PaletteEtl.Telemetry;

namespace PaletteEtl.Hosting;

/// <summary>The parts that a pipeline is composed of, in the order in which a movie passes them. A part that is replaced is never
/// created: a pipeline with movies and a sink of its own opens no database, and has no <see cref="IDeadLetters"/> or other access to its catalogue.</summary>
public sealed class EtlBuilder
{
    internal EtlBuilder()
    {
    }

    /// <summary>The movies whose palette is missing. Default: those of the SQLite catalogue.</summary>
    public EtlPort<IMovieSource> Movies { get; } = new(static services => MoviesOf(services, OptionsOf(services).Query.Refresh));

    /// <summary>The covers. Default: those of <c>Etl:Fetch:Locations</c>.</summary>
    public EtlPort<ICoverSource> Covers { get; } = new(static services => new LocatedCoverSource(
    [
        .. OptionsOf(services).Fetch.Locations.Select(static location => new LocationTemplate(location))
            .Select(template => LocationOf(template, services)),
    ]));

    /// <summary>The decoder of covers. Default: that of <c>Etl:Decode</c>.</summary>
    internal EtlPort<ICoverDecoder> Decoder { get; } = new(static services => services.GetRequiredService<CoverDecoder>());

    /// <summary>The quantizer, whose needs decide how covers are decoded. Default: that of <c>Etl:Quantize:Algorithm</c>.</summary>
    public EtlPort<IQuantizer> Quantizer { get; } = new(static services => Quantizers.Of(OptionsOf(services).Quantize));

    /// <summary>The middle of the graph. Default: fetch, decode and quantize in this process.</summary>
    internal EtlPort<IExtraction> Extraction { get; } = new(static services => new LocalExtraction(
        services.GetRequiredService<ICoverSource>(),
        services.GetRequiredService<ICoverDecoder>(),
        services.GetRequiredService<IQuantizer>(),
        OptionsOf(services).CoverColumns,
        OptionsOf(services).Fetch,
        services.GetRequiredService<CoverClient>().Limit,
        Metrics(services)));

    /// <summary>The sink of palettes and failures. Default: the SQLite catalogue.</summary>
    public EtlPort<IPaletteSink> Sink { get; } = new(static services =>
        new SqlitePaletteSink(services.GetRequiredService<CatalogueOptions>(), Clock(services), Metrics(services)));

    internal void AddTo(PartRegistry parts)
    {
        parts.Add(static provider => OptionsOf(provider).CatalogueOf(provider.GetRequiredService<IQuantizer>()));
        parts.Add(static provider => OptionsOf(provider).Service);
        parts.Add(Movies.Create);
        parts.Add(WatchedBy);
        parts.Add(provider => new PipelineChecks(
            Movies.IsReplaced ? null : provider.GetRequiredService<CatalogueOptions>(),
            Covers.IsReplaced ? null : provider.GetRequiredService<CoverLocations>().ProblemAsync));
        parts.Add(Covers.Create);
        parts.Add(static provider =>
            CoverFormats.CreateDecoder(
                OptionsOf(provider).Decode, OptionsOf(provider).NeedsOf(provider.GetRequiredService<IQuantizer>()), Clock(provider)));
        parts.Add(Decoder.Create);
        parts.Add(Quantizer.Create);
        parts.Add(Extraction.Create);
        parts.Add(Sink.Create);
        AddCatalogue(parts);
        parts.Add(static provider => new PaletteExtractor(
            OptionsOf(provider), provider.GetRequiredService<IQuantizer>(), OptionsOf(provider).CoverColumns));
        parts.Add(static provider => new EtlPipeline(
            provider.GetRequiredService<IMovieSource>(),
            provider.GetRequiredService<IExtraction>(),
            provider.GetRequiredService<IPaletteSink>(),
            OptionsOf(provider).Run,
            Metrics(provider),
            Clock(provider),
            provider.GetRequiredService<ILogger<EtlPipeline>>()));
    }

    /// <summary>The catalogue between runs, if it is the SQLite catalogue.</summary>
    private void AddCatalogue(PartRegistry parts)
    {
        if (Movies.IsReplaced || Sink.IsReplaced)
        {
            return;
        }

        parts.Add(static provider => new SqliteCatalogue(provider.GetRequiredService<CatalogueOptions>()));
        parts.Add(static provider => provider.GetRequiredService<SqliteCatalogue>().Status);
        parts.Add(static provider => provider.GetRequiredService<SqliteCatalogue>().Palettes);
        parts.Add(static provider => provider.GetRequiredService<SqliteCatalogue>().DeadLetters);
        parts.Add(static provider => provider.GetRequiredService<SqliteCatalogue>().DamagedPalettes);
    }

    /// <summary>The movies of a service, which makes stale palettes again by passes of its own.</summary>
    private WatchedMovies WatchedBy(IServiceProvider provider) => Movies.IsReplaced
        ? new(provider.GetRequiredService<IMovieSource>(), Catalogue: null)
        : new(Movies.Decorate(MoviesOf(provider, RefreshKind.None), provider), provider.GetRequiredService<CatalogueOptions>());

    private static SqliteMovieSource MoviesOf(IServiceProvider services, RefreshKind refresh) =>
        new(services.GetRequiredService<CatalogueOptions>(), refresh, Clock(services), Metrics(services));

    private static CoverLocation LocationOf(LocationTemplate template, IServiceProvider services) => template.IsUrl
        ? new HttpLocation(template, services.GetRequiredService<CoverClient>())
        : new DirectoryLocation(template, OptionsOf(services).Fetch, Clock(services));

    private static EtlOptions OptionsOf(IServiceProvider services) => services.GetRequiredService<IOptions<EtlOptions>>().Value;

    private static EtlMetrics Metrics(IServiceProvider services) => services.GetRequiredService<EtlMetrics>();

    private static TimeProvider Clock(IServiceProvider services) => services.GetRequiredService<TimeProvider>();
}
