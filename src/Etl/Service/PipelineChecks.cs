using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;

namespace PaletteEtl.Service;

/// <summary>The checks of a pipeline: the database opens, and a location of covers is available. Parts of the program's own have none.</summary>
/// <param name="catalogue">The SQLite catalogue; null for another store.</param>
/// <param name="covers">Says why no location of covers is available; null for covers of another source.</param>
internal sealed class PipelineChecks(CatalogueOptions? catalogue, Func<CancellationToken, Task<string?>>? covers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<IReadOnlyList<ReadinessCheck>> RunAsync(CancellationToken cancellationToken) => covers is null
        ? Database()
        : [.. Database(), new(ReadinessCheck.Covers, await covers(cancellationToken).ConfigureAwait(false))];

    /// <summary>The check of the database alone.</summary>
    public IReadOnlyList<ReadinessCheck> Database() => catalogue is null ? [] : [new(ReadinessCheck.Database, ProblemOf(catalogue))];

    private static string? ProblemOf(CatalogueOptions catalogue)
    {
        try
        {
            CatalogueCheck.Open(new SqliteCatalogue(catalogue, Patience));
            return null;
        }
        catch (CatalogueException error)
        {
            return error.Message;
        }
    }
}
