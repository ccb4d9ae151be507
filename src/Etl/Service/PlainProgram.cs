using Microsoft.Extensions.DependencyInjection;
using PaletteEtl.Catalogue;

namespace PaletteEtl.Service;

/// <summary>A program with one configuration, from its start to its end.</summary>
/// <param name="parts">The parts of its pipeline.</param>
internal sealed class PlainProgram(IServiceProvider parts) : IServiceProgram
{
    public CatalogueOptions? Catalogue => parts.GetRequiredService<WatchedMovies>().Catalogue;

    public CancellationToken Replaced => CancellationToken.None;

    public CancellationToken Aborting => CancellationToken.None;

    public async Task<IReadOnlyList<ReadinessCheck>?> CheckAsync(CancellationToken cancellationToken) =>
        await parts.GetRequiredService<PipelineChecks>().RunAsync(cancellationToken).ConfigureAwait(false);

    public ServicePipeline CreatePipeline() => new(parts);
}
