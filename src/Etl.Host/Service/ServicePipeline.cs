using Etl.Cluster;
using Etl.Host.Cluster;
using Etl.Host.Configuration;
using Etl.Host.Explain;
using Etl.Host.Recovery;
using Etl.Host.Run;
using Etl.Host.Similar;
using Etl.Host.Thumbnails;
using Etl.Host.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Pipeline;
using PaletteEtl.Telemetry;

namespace Etl.Host.Service;

/// <summary>The pipeline over one configuration, with the watch that says when it has work. A reload makes a new one.</summary>
internal sealed class ServicePipeline : IDisposable
{
    /// <summary>How long a request waits for a lock: SQLite blocks the thread.</summary>
    private static readonly TimeSpan RequestPatience = TimeSpan.FromSeconds(2);

    private readonly ServiceProvider _services;

    private ServicePipeline(ServiceProvider services)
    {
        _services = services;
        Options = services.GetRequiredService<IOptions<EtlOptions>>().Value;
        Schedule = services.GetRequiredService<RetrySchedule>();
        Movies = (ServiceMovieSource)services.GetRequiredService<IMovieSource>(); // see Compose
        Watch = ActivatorUtilities.CreateInstance<CatalogueWatch>(services, Options, Movies);
        Pipeline = services.GetRequiredService<EtlPipeline>();
        Thumbnails = services.GetRequiredService<ThumbnailSource>();
        Catalogue = new SqliteCatalogue(Options.Catalogue, RequestPatience);
        Palettes = new LiveIndex(Catalogue, services.GetRequiredService<TimeProvider>());
    }

    public EtlOptions Options { get; }

    /// <summary>Whether other machines make the palettes, and fetch the covers.</summary>
    public bool HasWorkers => _services.GetRequiredService<IExtraction>().MoviesElsewhere is not null;

    public RetrySchedule Schedule { get; }

    public ServiceMovieSource Movies { get; }

    public CatalogueWatch Watch { get; }

    public EtlPipeline Pipeline { get; }

    public ThumbnailSource Thumbnails { get; }

    /// <summary>Explains movies of the catalogue.</summary>
    public MovieExplainer Explainer => MovieExplainer.Of(_services, Catalogue, Schedule, HasWorkers);

    /// <summary>The clients of cover servers.</summary>
    public IHttpClientFactory Clients => _services.GetRequiredService<IHttpClientFactory>();

    /// <summary>The catalogue for requests, which do not wait long for a lock.</summary>
    public SqliteCatalogue Catalogue { get; }

    /// <summary>The palettes of the catalogue, for searches.</summary>
    public LiveIndex Palettes { get; }

    /// <summary>A process that died has left movies it was decoding; they are looked after from the first run on.</summary>
    public void BeginRecovery() => CrashRecovery.Begin(_services);

    /// <summary>A run has read the catalogue to its end.</summary>
    public void CompleteRecovery() => CrashRecovery.Completed(_services);

    /// <summary>Makes the pipeline of a configuration.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="process">The services that last as long as the process.</param>
    public static ServicePipeline Create(EtlConfiguration configuration, IServiceProvider process)
    {
        var services = new ServiceCollection();
        services.AddSingleton(process.GetRequiredService<ILoggerFactory>());
        services.AddSingleton(process.GetRequiredService<TimeProvider>());
        services.AddSingleton(process.GetRequiredService<EtlMetrics>());
        services.AddSingleton(process.GetRequiredService<CrashLog>());
        services.AddSingleton(process.GetRequiredService<ClusterState>());
        services.AddSingleton(configuration.Service);
        services.AddSingleton<RetrySchedule>();
        services.AddSingleton<ThumbnailSource>();
        services.AddEtl(configuration.Options, etl => Compose(
            services, etl, configuration, process.GetRequiredService<PaletteFeed>(), process.GetRequiredService<ServiceMonitor>()));
        var pipeline = new ServicePipeline(services.BuildServiceProvider());
        ThreadPoolGrowth.Grow(pipeline.Options);
        return pipeline;
    }

    private static void Compose(
        IServiceCollection services, EtlBuilder etl, EtlConfiguration configuration, PaletteFeed feed, ServiceMonitor monitor)
    {
        etl.Movies.Use(provider => new ServiceMovieSource(
            ActivatorUtilities.CreateInstance<DueMovieSource>(
                provider, ActivatorUtilities.CreateInstance<SqliteMovieSource>(provider, RefreshKind.None), (Func<TimeSpan>)ThreadTime.Used),
            StaleOf(provider, configuration, monitor)));
        etl.AddCluster(services, configuration.Cluster, CatalogueClaims.Of(configuration.Options));
        etl.Sink.Through((provider, sink) => new FeedingSink(sink, feed, provider.GetRequiredService<TimeProvider>()));
        CrashRecovery.AddTo(services, etl);
    }

    private static StalePasses? StaleOf(IServiceProvider provider, EtlConfiguration configuration, ServiceMonitor monitor)
    {
        if (configuration.Options.Query is not { Refresh: not RefreshKind.None } query)
        {
            return null;
        }

        var provenance = new SqliteCatalogue(provider.GetRequiredService<CatalogueOptions>()).Provenance;
        return ActivatorUtilities.CreateInstance<StalePasses>(
            provider,
            (Func<IEnumerable<Movie>>)(() => provenance.Read(query.Refresh, query.Adopt, CancellationToken.None)),
            configuration.Service.RefreshInterval,
            monitor,
            (Func<long, long>)Random.Shared.NextInt64);
    }

    public void Dispose()
    {
        Palettes.Dispose();
        Watch.Dispose();
        _services.Dispose();
    }
}
