using Etl.Host.Run;
using PaletteEtl.Catalogue;
using PaletteEtl.Service;

namespace Etl.Host.Service;

/// <summary><c>etl serve</c> as the program of the service: a reload puts another configuration in force.</summary>
internal sealed class ServeProgram(ConfigurationInForce configuration, IServiceProvider process, Signals signals) : IServiceProgram
{
    private volatile ServedPipeline? _current;

    /// <summary>The pipeline of the configuration in force; null before the start.</summary>
    public ServedPipeline? Current => _current;

    public CatalogueOptions? Catalogue => configuration.Current.Options.Catalogue;

    public CancellationToken Replaced => configuration.Replaced;

    public CancellationToken Aborting => signals.Aborting;

    public async Task<IReadOnlyList<ReadinessCheck>?> CheckAsync(CancellationToken cancellationToken) =>
        _current is { } pipeline ? await pipeline.CheckAsync(cancellationToken) : null;

    public ServicePipeline CreatePipeline() => _current = ServedPipeline.Create(configuration.Current, process);
}
