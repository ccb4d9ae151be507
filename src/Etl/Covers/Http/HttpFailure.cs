using System.Globalization;
using System.Net;
using System.Security.Authentication;
using Polly.CircuitBreaker;

namespace PaletteEtl.Covers.Http;

/// <summary>Classifies the error of a request for the retry, for the circuit breaker, and as the failure of a movie.</summary>
internal static class HttpFailure
{
    /// <summary>Whether the same request may succeed a little later.</summary>
    public static bool MayPass(Exception? error) => error switch
    {
        UnexpectedStatusException status => status.MayPass,
        _ => IsBrokenConnection(error) && !IsInsecure(error),
    };

    /// <summary>Whether the circuit breaker counts the error. A server that answers 408 or 429 is healthy.</summary>
    public static bool BlamesServer(Exception? error) => error switch
    {
        UnexpectedStatusException status => status.StatusCode >= HttpStatusCode.InternalServerError,
        _ => IsBrokenConnection(error),
    };

    /// <summary>Whether fewer requests at once might help: the server failed, broke off, or answered 429.</summary>
    public static bool IsOfLoad(Exception error) =>
        BlamesServer(error) || error is UnexpectedStatusException { StatusCode: HttpStatusCode.TooManyRequests };

    /// <summary>Whether a request caused the error, which then becomes a movie's failure.</summary>
    public static bool IsOfRequest(Exception error) => error is BrokenCircuitException || IsBrokenConnection(error);

    /// <summary>The error when a timeout elapses before the cover's last byte.</summary>
    public static TimeoutException TimedOut(TimeSpan time, Exception cause) =>
        new(string.Create(CultureInfo.InvariantCulture, $"did not send the cover within {time.TotalSeconds:0.###} s"), cause);

    /// <summary>An error of a request as the failure of a movie.</summary>
    public static CoverException Of(Uri url, Exception error) => error switch
    {
        TimeoutException => new(FailureReason.Timeout, $"{Name(url)} {error.Message}.", error) { IsAnswered = true },
        UnexpectedStatusException => new(FailureReason.Unreachable, $"{Name(url)} {error.Message}.", error) { IsAnswered = true },
        BrokenCircuitException => new(
            FailureReason.Unreachable, $"{Name(url)} was not requested: {Server(url)} keeps failing, and requests to it are paused.", error),
        _ when IsInsecure(error) => new(
            FailureReason.Unreachable,
            $"{Name(url)} could not be read: the secure connection failed: {error.InnerException!.Message}", error),
        _ => new(FailureReason.Unreachable, $"{Name(url)} could not be read: {error.GetBaseException().Message}", error),
    };

    /// <summary>The server of a URL, as messages have it.</summary>
    public static string Server(Uri url) => url.GetComponents(UriComponents.HostAndPort, UriFormat.UriEscaped);

    /// <summary>A URL as messages have it.</summary>
    public static string Name(Uri url) => LocationTemplate.Shown(url.AbsoluteUri);

    private static bool IsBrokenConnection(Exception? error) => error is HttpRequestException or IOException or TimeoutException;

    /// <summary>A certificate that is not trusted, or no TLS.</summary>
    private static bool IsInsecure(Exception? error) => error is HttpRequestException { InnerException: AuthenticationException };
}
