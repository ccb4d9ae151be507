using Etl.Host.Outputs;
using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;

namespace Etl.Host.Run;

/// <summary>Copies a database to an output file while others use it.</summary>
internal static class DatabaseBackup
{
    /// <summary>Creates the copy with the owner and the permissions of the database, unless stopped; whether there is one.</summary>
    /// <exception cref="CatalogueException">The database cannot be read.</exception>
    /// <exception cref="IOException">The copy cannot be written.</exception>
    public static async Task<bool> TryCreateAsync(EtlOptions options, OutputFile copy, CancellationToken stopping)
    {
        try
        {
            // A locked database may be waited for a long time. When stopped, the process ends without that wait.
            var taking = Task.Run(() => DatabaseSnapshot.Take(new SqliteCatalogue(options.Catalogue)), CancellationToken.None);
            using DatabaseSnapshot snapshot = await taking.WaitAsync(stopping);
            copy.Create(like: options.Query.Database, path => snapshot.CopyTo(path, stopping));
            return true;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return false;
        }
    }
}
