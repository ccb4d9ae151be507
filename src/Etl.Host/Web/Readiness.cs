using Etl.Cluster;
using Etl.Host.Configuration;
using Etl.Host.Json;
using Etl.Host.Service;
using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Service;

namespace Etl.Host.Web;

/// <summary>Whether the service can do its work: the database opens, and a location of covers answers, or the broker does.</summary>
/// <remarks>The result is cached for two seconds.</remarks>
internal sealed class Readiness(
    ServeProgram program, ServiceMonitor monitor, ClusterState broker, TimeProvider clock) : IDisposable
{
    public const string Database = "database", Covers = "covers", Broker = "broker";

    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _gate = new(1);
    private volatile ReadinessCheck[] _checks = [];
    private long? _checkedAt;

    /// <summary>The last results; none before the first check. A database that the service waits for fails at once.</summary>
    public IEnumerable<ReadinessCheck> Latest
    {
        get
        {
            string? problem = monitor.Snapshot() is { State: ServiceState.Waiting } waiting ? waiting.Problem : null;
            return _checks.Select(check => check.Name == Database && problem is not null ? check with { Problem = problem } : check);
        }
    }

    public async Task<HealthJson> CheckAsync(CancellationToken cancellationToken)
    {
        if (monitor.Snapshot().State == ServiceState.Draining)
        {
            return HealthJson.Of(["The service is draining."]);
        }

        if (program.Current is not { } pipeline)
        {
            return HealthJson.Of(["The service is starting."]);
        }

        using SemaphoreLease lease = await SemaphoreLease.AcquireAsync(_gate, cancellationToken);
        if (_checkedAt is not { } at || clock.GetElapsedTime(at) > Freshness)
        {
            _checks = await ChecksAsync(pipeline, cancellationToken);
            _checkedAt = clock.GetTimestamp();
        }

        return HealthJson.Of([.. Latest.Select(static check => check.Problem).OfType<string>()]);
    }

    public void Dispose() => _gate.Dispose();

    private async Task<ReadinessCheck[]> ChecksAsync(ServedPipeline pipeline, CancellationToken cancellationToken) =>
    [
        new(Database, monitor.Snapshot() is { State: ServiceState.Waiting } waiting ? waiting.Problem : DatabaseProblem(pipeline.Options)),
        pipeline.HasWorkers
            ? new(Broker, broker.Problem)
            : new(Covers, await new CoverLocations(pipeline.Options.Fetch, pipeline.Clients).ProblemAsync(cancellationToken)),
    ];

    private static string? DatabaseProblem(EtlOptions options)
    {
        try
        {
            CatalogueCheck.Open(new SqliteCatalogue(options.Catalogue, Patience));
            return null;
        }
        catch (CatalogueException error)
        {
            return error.Message;
        }
    }
}
