using Etl.Host.Service;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;

namespace Etl.Host.Web;

/// <summary>Answers requests from the catalogue, or says why that cannot be. A few at a time, and none waits long for a lock: SQLite
/// blocks the thread, of which the rest of the process needs some.</summary>
internal sealed class CatalogueAccess(EtlService service) : IDisposable
{
    private const int AtATime = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _gate = new(AtATime);

    public async Task<IResult> UseAsync(SqliteOpenMode mode, Func<ServicePipeline, SqliteCatalogue, IResult> work, CancellationToken aborted)
    {
        if (service.Current is not { } pipeline)
        {
            return Answer.Problem(StatusCodes.Status503ServiceUnavailable, "The service is starting.");
        }

        await _gate.WaitAsync(aborted);
        try
        {
            return SqliteCatalogue.Use(pipeline.Options, mode, catalogue => work(pipeline, catalogue), Patience);
        }
        catch (CatalogueException error)
        {
            return Answer.Problem(StatusCodes.Status503ServiceUnavailable, error.Message);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
