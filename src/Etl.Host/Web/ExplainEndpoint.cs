using Etl.Host.Json;
using Microsoft.AspNetCore.Http;

namespace Etl.Host.Web;

/// <summary>Explains movies, one at a time: each has its cover decoded in a process of its own, which takes the memory of a decoder.</summary>
internal sealed class ExplainEndpoint(CatalogueAccess access) : IDisposable
{
    private readonly SemaphoreSlim _explaining = new(1);

    public async Task<IResult> GetAsync(string id, CancellationToken aborted)
    {
        using SemaphoreLease lease = await SemaphoreLease.AcquireAsync(_explaining, aborted);
        return await access.UseAsync(
            async pipeline => await pipeline.Explainer.ExplainAsync(id, aborted) is { } explanation
                ? Answer.Of(new ExplanationJson(explanation))
                : Answer.Problem(StatusCodes.Status404NotFound, "The movie does not exist."),
            aborted);
    }

    public void Dispose() => _explaining.Dispose();
}
