using Etl.Host.Service;
using Microsoft.AspNetCore.Http;
using PaletteEtl.Catalogue;

namespace Etl.Host.Web;

/// <summary>Answers requests from the catalogue, or says why that cannot be. A few at a time: SQLite blocks the thread, of
/// which the rest of the process needs some.</summary>
internal sealed class CatalogueAccess(ServeProgram program) : IDisposable
{
    private const int AtATime = 4;

    private readonly SemaphoreSlim _gate = new(AtATime);

    public Task<IResult> UseAsync(Func<ServedPipeline, IResult> work, CancellationToken aborted) =>
        UseAsync(pipeline => Task.FromResult(work(pipeline)), aborted);

    public Task<IResult> UseAsync(Func<ServedPipeline, Task<IResult>> work, CancellationToken aborted) =>
        UseAsync(static _ => Task.FromResult(true), (pipeline, _) => work(pipeline), aborted);

    /// <summary>Answers a request that waits for something first, which takes no thread and none of the places.</summary>
    public async Task<IResult> UseAsync<T>(
        Func<ServedPipeline, Task<T>> prepare, Func<ServedPipeline, T, Task<IResult>> work, CancellationToken aborted)
    {
        using PipelineLease? lease = program.Lease();
        if (lease is null)
        {
            return Answer.Problem(StatusCodes.Status503ServiceUnavailable, "The service is starting.");
        }

        try
        {
            T prepared = await prepare(lease.Pipeline);
            using SemaphoreLease place = await SemaphoreLease.AcquireAsync(_gate, aborted);
            return await work(lease.Pipeline, prepared);
        }
        catch (CatalogueException error)
        {
            return Answer.Problem(StatusCodes.Status503ServiceUnavailable, error.Message);
        }
    }

    public void Dispose() => _gate.Dispose();
}
