using System.Threading.Tasks.Dataflow;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PaletteEtl.Hosting;
using PaletteEtl.Palettes;
using PaletteEtl.Pipeline;
using PaletteEtl.Telemetry;

namespace Etl.Cluster.Coordinator;

/// <summary>Extracts palettes by workers on other machines.</summary>
internal sealed class RemoteExtraction(
    ClusterOptions cluster,
    CatalogueClaim claim,
    IOptions<EtlOptions> options,
    ClusterState state,
    EtlMetrics metrics,
    TimeProvider clock,
    ILogger<RemoteExtraction> log)
    : IExtraction
{
    private RemoteRun? _run;

    public int? MoviesElsewhere => cluster.MaxInFlight;

    public IPropagatorBlock<Item<Movie>, Item<Palette>> Create(EtlRun run, RunAbort abort)
    {
        _run = new RemoteRun(cluster, claim, options.Value, state, metrics, run, abort, clock, log);
        return _run.Block;
    }

    public Task CloseAsync() => _run!.CloseAsync();
}
