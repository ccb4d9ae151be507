using System.Security.Cryptography;
using System.Text;
using Etl.Host.Service;
using Microsoft.AspNetCore.Http;

namespace Etl.Host.Web;

/// <summary>Lets a request change something only when it comes from this service's own page, or from no page, and brings
/// the API key where there is one.</summary>
internal sealed class ChangeFilter(ServiceOptions options) : IEndpointFilter
{
    private const string Header = "X-Api-Key";

    private readonly byte[]? _key = options.ApiKey is { } key ? Digest(key) : null;

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        HttpRequest request = context.HttpContext.Request;
        return IsForeign(request)
                ? new(Answer.Problem(StatusCodes.Status403Forbidden, "Requests from pages of other origins are refused."))
            : _key is not null && !CryptographicOperations.FixedTimeEquals(_key, Digest(request.Headers[Header].ToString()))
                ? new(Answer.Problem(StatusCodes.Status401Unauthorized, $"The header {Header} is missing or wrong. Send the key of Etl:Service:ApiKey."))
            : next(context);
    }

    /// <summary>Browsers say which page a request comes from. The site holds behind a proxy too; older ones tell the origin alone.</summary>
    private static bool IsForeign(HttpRequest request) => request.Headers["Sec-Fetch-Site"] is [{ } site, ..]
        ? site is not ("same-origin" or "none")
        : request.Headers.Origin is [{ } origin, ..]
            && !origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);

    private static byte[] Digest(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
