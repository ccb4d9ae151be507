using Etl.Host.Service;
using Etl.Query;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;

namespace Etl.Host.Web;

/// <summary>Answers requests from the catalogue, or says why that cannot be.</summary>
internal sealed class CatalogueAccess(EtlService service)
{
    public IResult Use(SqliteOpenMode mode, Func<ServicePipeline, Catalogue, IResult> work)
    {
        if (service.Current is not { } pipeline)
        {
            return Answer.Problem(StatusCodes.Status503ServiceUnavailable, "The service is starting.");
        }

        try
        {
            return Catalogue.Use(pipeline.Options, mode, catalogue => work(pipeline, catalogue));
        }
        catch (CatalogueException error)
        {
            return Answer.Problem(StatusCodes.Status503ServiceUnavailable, error.Message);
        }
    }
}
