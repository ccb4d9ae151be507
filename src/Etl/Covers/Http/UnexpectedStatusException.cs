using System.Net;

namespace PaletteEtl.Covers.Http;

/// <summary>A server answered with something other than a cover.</summary>
/// <param name="status">The status it answered with.</param>
/// <param name="retryAfter">How long it asks to be left alone, when it does.</param>
/// <param name="mayPass">Whether asking again is worth it.</param>
internal sealed class UnexpectedStatusException(HttpStatusCode status, TimeSpan? retryAfter, bool mayPass)
    : HttpRequestException(
        status == HttpStatusCode.PartialContent ? "answered 206 with a part of the cover, which was not requested"
        : retryAfter is { } wait ? $"answered {(int)status} and asks to wait {wait.TotalSeconds:0} s"
        : $"answered {(int)status}",
        inner: null,
        status)
{
    public TimeSpan? RetryAfter => retryAfter;

    public bool MayPass => mayPass;
}
