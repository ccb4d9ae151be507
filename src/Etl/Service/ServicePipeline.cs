using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Pipeline;
using PaletteEtl.Telemetry;

namespace PaletteEtl.Service;

/// <summary>A pipeline in service: its movies, and the watch that says when it has work.</summary>
internal class ServicePipeline : IDisposable
{
    /// <param name="parts">The parts of the pipeline, and the monitor of the service.</param>
    public ServicePipeline(IServiceProvider parts)
    {
        var options = parts.GetRequiredService<EtlServiceOptions>();
        var watched = parts.GetRequiredService<WatchedMovies>();
        var clock = parts.GetRequiredService<TimeProvider>();
        Schedule = new RetrySchedule(options, clock);
        Movies = new ServiceMovieSource(
            new DueMovieSource(watched.Missing, Schedule, clock, ThreadTime.Used), StaleOf(parts, watched.Catalogue, options.RefreshInterval));
        Watch = new CatalogueWatch(watched.Catalogue, options.PollInterval, Movies, clock);
        Pipeline = parts.GetRequiredService<EtlPipeline>();
    }

    public RetrySchedule Schedule { get; }

    public ServiceMovieSource Movies { get; }

    public CatalogueWatch Watch { get; }

    public EtlPipeline Pipeline { get; }

    /// <summary>A run begins.</summary>
    public virtual void RunStarting()
    {
    }

    /// <summary>A run has read every movie of the catalogue.</summary>
    public virtual void CatalogueRead()
    {
    }

    public virtual void Dispose()
    {
        Watch.Dispose();
        Movies.Dispose();
    }

    private static StalePasses? StaleOf(IServiceProvider parts, CatalogueOptions? catalogue, TimeSpan interval)
    {
        if (catalogue is not { Query: { Refresh: not RefreshKind.None } query })
        {
            return null;
        }

        SqliteProvenance provenance = new SqliteCatalogue(catalogue).Provenance;
        return new StalePasses(
            () => provenance.Read(query.Refresh, query.Adopt, CancellationToken.None),
            interval,
            parts.GetRequiredService<ServiceMonitor>(),
            parts.GetRequiredService<EtlMetrics>(),
            parts.GetRequiredService<TimeProvider>(),
            Random.Shared.NextInt64,
            parts.GetRequiredService<ILogger<StalePasses>>());
    }
}
