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
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Pipeline;
using PaletteEtl.Service;
using PaletteEtl.Telemetry;

namespace Etl.Host.Service;

/// <summary>The pipeline over one configuration, with recovery from crashes, the cluster, and what the endpoints need of it.</summary>
internal sealed class ServedPipeline : ServicePipeline
{
    /// <summary>How long a request waits for a lock: SQLite blocks the thread.</summary>
    private static readonly TimeSpan RequestPatience = TimeSpan.FromSeconds(2);

    private readonly ServiceProvider _services;
    private int _leases = 1; // of the service

    private ServedPipeline(ServiceProvider services)
        : base(services)
    {
        _services = services;
        Options = services.GetRequiredService<IOptions<EtlOptions>>().Value;
        Thumbnails = services.GetRequiredService<ThumbnailSource>();
        Catalogue = new SqliteCatalogue(Options.Catalogue, RequestPatience);
        Palettes = new LiveIndex(Catalogue, services.GetRequiredService<TimeProvider>());
    }

    public EtlOptions Options { get; }

    /// <summary>Whether other machines make the palettes, and fetch the covers.</summary>
    public bool HasWorkers => _services.GetRequiredService<IExtraction>().MoviesElsewhere is not null;

    public ThumbnailSource Thumbnails { get; }

    /// <summary>Explains movies of the catalogue.</summary>
    public MovieExplainer Explainer => MovieExplainer.Of(_services, Catalogue, Schedule, HasWorkers);

    /// <summary>The catalogue for requests, which do not wait long for a lock.</summary>
    public SqliteCatalogue Catalogue { get; }

    /// <summary>The palettes of the catalogue, for searches.</summary>
    public LiveIndex Palettes { get; }

    /// <summary>Checks whether the pipeline can do its work: with workers, whether the broker answers, and not the covers.</summary>
    public Task<IReadOnlyList<ReadinessCheck>> CheckAsync(CancellationToken cancellationToken)
    {
        var checks = _services.GetRequiredService<PipelineChecks>();
        return HasWorkers
            ? Task.FromResult<IReadOnlyList<ReadinessCheck>>(
                [.. checks.Database(), new(ReadinessCheck.Broker, _services.GetRequiredService<ClusterState>().Problem)])
            : checks.RunAsync(cancellationToken);
    }

    /// <summary>A process that died has left movies it was decoding; they are looked after from the first run on.</summary>
    public override void RunStarting() => CrashRecovery.Begin(_services);

    public override void CatalogueRead() => CrashRecovery.Completed(_services);

    /// <summary>Makes the pipeline of a configuration.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="process">The services that last as long as the process.</param>
    public static ServedPipeline Create(EtlConfiguration configuration, IServiceProvider process)
    {
        var services = new ServiceCollection();
        services.AddSingleton(process.GetRequiredService<ILoggerFactory>());
        services.AddSingleton(process.GetRequiredService<TimeProvider>());
        services.AddSingleton(process.GetRequiredService<EtlMetrics>());
        services.AddSingleton(process.GetRequiredService<ServiceMonitor>());
        services.AddSingleton(process.GetRequiredService<CrashLog>());
        services.AddSingleton(process.GetRequiredService<ClusterState>());
        services.AddSingleton<ThumbnailSource>();
        services.AddEtl(configuration.Options, etl => Compose(services, etl, configuration, process.GetRequiredService<PaletteFeed>()));
        var pipeline = new ServedPipeline(services.BuildServiceProvider());
        ThreadPoolGrowth.Grow(pipeline.Options);
        return pipeline;
    }

    private static void Compose(IServiceCollection services, EtlBuilder etl, EtlConfiguration configuration, PaletteFeed feed)
    {
        etl.AddCluster(services, configuration.Cluster, CatalogueClaims.Of(configuration.Options));
        etl.Sink.Through((provider, sink) => new FeedingSink(sink, feed, provider.GetRequiredService<TimeProvider>()));
        CrashRecovery.AddTo(services, etl);
    }

    /// <summary>Leases the pipeline; null when it has been disposed.</summary>
    public PipelineLease? TryLease()
    {
        int leases;
        do
        {
            leases = Volatile.Read(ref _leases);
            if (leases == 0)
            {
                return null;
            }
        }
        while (Interlocked.CompareExchange(ref _leases, leases + 1, leases) != leases);

        return new PipelineLease(this);
    }

    /// <summary>Ends a lease. After the last one the pipeline is disposed.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _leases) == 0)
        {
            Palettes.Dispose();
            _services.Dispose();
        }
    }

    /// <summary>Ends the lease of the service.</summary>
    public override void Dispose()
    {
        base.Dispose();
        Release();
    }
}
