using Etl.Cluster;
using Etl.Host.Json;
using Etl.Host.Service;
using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Covers;
using PaletteEtl.Covers.Http;

namespace Etl.Host.Web;

/// <summary>Whether the service can do its work: the database opens, and a location of covers answers, or the broker does.</summary>
/// <remarks>Whoever asks often is told what was found a few seconds ago.</remarks>
internal sealed class Readiness(
    EtlService service, ServiceMonitor monitor, BrokerState broker, TimeProvider clock) : IDisposable
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
            (_found, _at) = (new HealthJson(problems.Length == 0 ? "healthy" : "unhealthy", problems), clock.GetTimestamp());
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
        string? covers = pipeline.HasWorkers ? broker.Problem : await CoversProblemAsync(pipeline, cancellationToken);
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

    private static async Task<string?> CoversProblemAsync(ServicePipeline pipeline, CancellationToken cancellationToken)
    {
        IList<string> locations = pipeline.Options.Fetch.Locations;
        foreach (string location in locations)
        {
            var template = new LocationTemplate(location);
            if (template.IsUrl ? await AnswersAsync(template, pipeline.Clients, cancellationToken) : Directory.Exists(template.Folder))
            {
                return null;
            }
        }

        return $"No location of covers is available: {string.Join(", ", locations.Select(LocationTemplate.Shown))}.";
    }

    /// <summary>Whether the server answers, whatever it says: the address without a movie is no cover.</summary>
    private static async Task<bool> AnswersAsync(LocationTemplate template, IHttpClientFactory clients, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(new Uri(template.Prefix), "/"));
            using HttpResponseMessage response = await clients.CreateClient(CoverClient.Name)
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return true;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
