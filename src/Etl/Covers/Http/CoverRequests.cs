using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace PaletteEtl.Covers.Http;

/// <summary>Sends requests for covers and follows redirects. The configured headers, which may hold credentials, are
/// sent to the servers of the configured locations, or, where no location is a URL, to the server of the requested URL. No
/// redirect takes them to another server.</summary>
internal sealed partial class CoverRequests(Func<HttpClient> createClient, FetchOptions options, TimeProvider clock)
{
    /// <summary>The header whose values are opaque bytes of a server, so that it is sent in Latin-1 as it was read.</summary>
    public const string TagHeader = "If-None-Match";

    private const int MostRedirects = 5;

    private readonly RequestPace _pace = new(options.RequestsPerSecond);

    private readonly Uri[] _servers =
    [
        .. options.Locations.Select(static location => new LocationTemplate(location))
            .Where(static template => template.IsUrl)
            .Select(static template => new Uri(template.Prefix)),
    ];

    /// <summary>The answer, of which the body is not read yet.</summary>
    /// <param name="url">The cover's URL.</param>
    /// <param name="known">The version of which the server may answer that it has not changed; null for none.</param>
    /// <param name="one">The deadline of the attempt, which ends the request.</param>
    /// <param name="all">The deadline of all attempts.</param>
    /// <param name="aborting">Ends the wait for the pace of requests.</param>
    /// <exception cref="CoverException">A redirect is not followed.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        Uri url, CoverVersion? known, RequestDeadline one, RequestDeadline all, CancellationToken aborting)
    {
        HttpClient client = createClient();
        Uri at = url;
        bool withHeaders = _servers.Length == 0 || _servers.Any(server => IsSameServer(server, url));
        for (int followed = 0; ; followed++)
        {
            await _pace.WaitAsync(at, one, all, aborting).ConfigureAwait(false);
            using HttpRequestMessage request = Request(at, known, withHeaders);
            HttpResponseMessage response = await client
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, one.Token).ConfigureAwait(false);
            if (!IsRedirect(response) || response.Headers.Location is not { } location)
            {
                return response;
            }

            using (response)
            {
                if (Problem(at, location, followed, out Uri? target) is { } problem)
                {
                    throw new CoverException(FailureReason.Unreachable, $"{HttpFailure.Name(url)} was not read: {problem}.");
                }

                withHeaders &= IsSameServer(at, target!);
                at = target!;
            }
        }
    }

    private HttpRequestMessage Request(Uri url, CoverVersion? known, bool withHeaders)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        if (known is { } version)
        {
            AddConditions(request.Headers, version);
        }

        if (withHeaders && options.Headers is { } headers)
        {
            foreach ((string name, string value) in headers)
            {
                request.Headers.Remove(name);
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }

    /// <summary>Adds what a stored version allows to be asked. A tag that is not one, which only another program can have stored, would
    /// fail the request; a time in the future would have some servers answer "not modified" for good.</summary>
    private void AddConditions(HttpRequestHeaders headers, CoverVersion version)
    {
        if (version.ETag is { } tag && Tag().IsMatch(tag))
        {
            headers.TryAddWithoutValidation(TagHeader, tag); // a weak tag has lost its mark, which is no matter here
        }
        else if (version.Modified <= clock.GetUtcNow())
        {
            headers.IfModifiedSince = version.Modified;
        }
    }

    /// <summary>An entity tag, spaces allowed, that fits the limits which servers set for a header.</summary>
    [GeneratedRegex("""\A(?:W/)?"[ !#-~\u0080-\u00FF]{0,1024}"\z""", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    private static bool IsRedirect(HttpResponseMessage response) => response.StatusCode is
        HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
        or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private static string? Problem(Uri from, Uri location, int followed, out Uri? to) =>
        !Uri.TryCreate(from, location, out to) ? "it redirects to an invalid URL"
        : to.Scheme != Uri.UriSchemeHttp && to.Scheme != Uri.UriSchemeHttps ? $"it redirects to {to.Scheme}:, which is not followed"
        : from.Scheme == Uri.UriSchemeHttps && to.Scheme == Uri.UriSchemeHttp ? "it redirects from https to http, which is not followed"
        : followed == MostRedirects ? $"it redirects more than {MostRedirects} times"
        : null;

    private static bool IsSameServer(Uri one, Uri other) => Uri.Compare(
        one, other, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;
}
