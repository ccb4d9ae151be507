using Polly;
using Polly.CircuitBreaker;

namespace PaletteEtl.Covers.Http;

/// <summary>A server of covers: the guard of its requests, and whether it answers.</summary>
/// <param name="name">Host and port.</param>
/// <param name="breaker">The state of the guard's circuit breaker.</param>
/// <param name="guard">Repeats requests, and pauses them while the server keeps failing.</param>
internal sealed class GuardedServer(string name, CircuitBreakerStateProvider breaker, ResiliencePipeline guard)
{
    private volatile bool _isUnreachable;

    public ResiliencePipeline Guard => guard;

    /// <summary>Why the server cannot answer any request at the moment; null when it may.</summary>
    public string? Problem =>
        _isUnreachable ? $"the server {name} cannot be reached"
        : breaker.CircuitState != CircuitState.Closed ? $"the server {name} keeps failing"
        : null;

    /// <summary>The server has answered, with a cover or without.</summary>
    public void Answered() => _isUnreachable = false;

    /// <summary>A request has failed. Without a connection, no other request can succeed either.</summary>
    public void Failed(Exception error)
    {
        if (error is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError })
        {
            _isUnreachable = true;
        }
        else if (error is UnexpectedStatusException)
        {
            Answered();
        }
    }
}
