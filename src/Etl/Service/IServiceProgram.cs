using PaletteEtl.Catalogue;

namespace PaletteEtl.Service;

/// <summary>The program that a service runs in: it has the configuration, and may put another one in force.</summary>
internal interface IServiceProgram
{
    /// <summary>The SQLite catalogue of the configuration in force; null for movies of another store.</summary>
    CatalogueOptions? Catalogue { get; }

    /// <summary>Cancelled once another configuration has taken the place of the one in force.</summary>
    CancellationToken Replaced { get; }

    /// <summary>Aborts the run in progress.</summary>
    CancellationToken Aborting { get; }

    /// <summary>Checks whether the pipeline of the configuration in force can do its work; null before the start.</summary>
    Task<IReadOnlyList<ReadinessCheck>?> CheckAsync(CancellationToken cancellationToken);

    /// <summary>Creates the pipeline of the configuration in force. The service disposes it.</summary>
    ServicePipeline CreatePipeline();
}
