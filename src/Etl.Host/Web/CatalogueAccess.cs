using Etl.Host.Service;
using Microsoft.AspNetCore.Http;
using PaletteEtl.Catalogue;

namespace Etl.Host.Web;

/// <summary>Answers requests from the catalogue, or says why that cannot be. A few at a time: SQLite blocks the thread, of
/// which the rest of the process needs some.</summary>
internal sealed class CatalogueAccess(EtlService service) : IDisposable
{
    private const int AtATime = 4;

    private readonly SemaphoreSlim _gate = new(AtATime);

    public Task<IResult> UseAsync(Func<ServicePipeline, IResult> work, CancellationToken aborted) =>
        UseAsync(pipeline => Task.FromResult(work(pipeline)), aborted);

    public async Task<IResult> UseAsync(Func<ServicePipeline, Task<IResult>> work, CancellationToken aborted)
    {
        if (service.Current is not { } pipeline)
        {
            return Answer.Problem(StatusCodes.Status503ServiceUnavailable, "The service is starting.");
        }

        using SemaphoreLease lease = await SemaphoreLease.AcquireAsync(_gate, aborted);
        try
        {
            return await work(pipeline);
        }
        catch (CatalogueException error)
        {
            return Answer.Problem(StatusCodes.Status503ServiceUnavailable, error.Message);
        }
    }

    public void Dispose() => _gate.Dispose();
}
