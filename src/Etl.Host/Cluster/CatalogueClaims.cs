using Etl.Cluster.Coordinator;
using PaletteEtl.Catalogue.Sqlite;

namespace Etl.Host.Cluster;

/// <summary>Creates the claims of coordinators.</summary>
internal static class CatalogueClaims
{
    /// <summary>The claim of this process for a catalogue.</summary>
    /// <param name="options">The options of the pipeline.</param>
    /// <param name="waits">Whether it waits while another coordinator uses the queues.</param>
    /// <param name="writes">Whether the catalogue may be given an identity.</param>
    public static CatalogueClaim Of(EtlOptions options, bool waits = true, bool writes = true)
    {
        var catalogue = new SqliteCatalogue(options.Catalogue);
        return new CatalogueClaim(
            () => writes ? CatalogueIdentity.ReadOrCreate(catalogue) : CatalogueIdentity.Read(catalogue),
            $"{Environment.MachineName}, process {Environment.ProcessId}, table {options.Query.Table} in {options.Query.Database}",
            waits);
    }
}
