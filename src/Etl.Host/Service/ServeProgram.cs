using Etl.Host.Run;
using PaletteEtl.Catalogue;
using PaletteEtl.Service;

namespace Etl.Host.Service;

/// <summary><c>etl serve</c> as the program of the service: a reload puts another configuration in force.</summary>
internal sealed class ServeProgram(ConfigurationInForce configuration, IServiceProvider process, Signals signals) : IServiceProgram, IDisposable
{
    /// <summary>The pipeline of the configuration in force, which the program leases until the next one, and after the last run until the
    /// web server has stopped; null before the start.</summary>
    private volatile ServedPipeline? _current;

    /// <summary>Leases the pipeline of the configuration in force; null before the start.</summary>
    public PipelineLease? Lease()
    {
        while (_current is { } pipeline)
        {
            if (pipeline.TryLease() is { } lease)
            {
                return lease;
            }
        }

        return null;
    }

    public CatalogueOptions? Catalogue => configuration.Current.Options.Catalogue;

    public CancellationToken Replaced => configuration.Replaced;

    public CancellationToken Aborting => signals.Aborting;

    public async Task<IReadOnlyList<ReadinessCheck>?> CheckAsync(CancellationToken cancellationToken)
    {
        using PipelineLease? lease = Lease();
        return lease is null ? null : await lease.Pipeline.CheckAsync(cancellationToken);
    }

    public ServicePipeline CreatePipeline()
    {
        var next = ServedPipeline.Create(configuration.Current, process);
        Replace(next);
        return next;
    }

    public void Dispose() => Replace(null);

    private void Replace(ServedPipeline? next)
    {
        next?.TryLease();
        ServedPipeline? last = _current;
        _current = next;
        last?.Release();
    }
}
