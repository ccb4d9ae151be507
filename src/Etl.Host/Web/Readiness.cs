using Etl.Cluster;
using Etl.Host.Configuration;
using Etl.Host.Json;
using Etl.Host.Service;
using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;

namespace Etl.Host.Web;

/// <summary>Whether the service can do its work: the database opens, and a location of covers answers, or the broker does.</summary>
/// <remarks>The result is cached for two seconds.</remarks>
internal sealed class Readiness(
    EtlService service, ServiceMonitor monitor, ClusterState broker, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _gate = new(1);
    private HealthJson? _found;
    private long _at;

    public async Task<HealthJson> CheckAsync(CancellationToken cancellationToken)
    {
        using SemaphoreLease lease = await SemaphoreLease.AcquireAsync(_gate, cancellationToken);
        if (_found is null || clock.GetElapsedTime(_at) > Freshness)
        {
            string[] problems = await ProblemsAsync(cancellationToken);
            (_found, _at) = (HealthJson.Of(problems), clock.GetTimestamp());
        }

        return _found;
    }

    public void Dispose() => _gate.Dispose();

    private async Task<string[]> ProblemsAsync(CancellationToken cancellationToken)
    {
        ServiceSnapshot now = monitor.Snapshot();
        if (service.Current is not { } pipeline)
        {
            return ["The service is starting."];
        }

        string? database = now.State == ServiceState.Waiting ? now.Problem : DatabaseProblem(pipeline.Options);
        string? covers = pipeline.HasWorkers
            ? broker.Problem
            : await new CoverLocations(pipeline.Options.Fetch, pipeline.Clients).ProblemAsync(cancellationToken);
        return [.. new[] { database, covers }.OfType<string>()];
    }

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
