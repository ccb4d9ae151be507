using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using PaletteEtl.Telemetry;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace PaletteEtl.Covers.Http;

/// <summary>Gets covers over HTTP: repeats what may pass by itself, and leaves a server alone that keeps failing.</summary>
internal sealed class CoverClient(
    Func<HttpClient> createClient, FetchOptions options, CoverFormat[] formats, EtlMetrics metrics, TimeProvider clock, ILogger<CoverClient> log)
{
    /// <summary>The name under which the client of the only pipeline of a program is configured.</summary>
    public const string Name = "Etl.Covers";

    /// <summary>How long a server is left alone.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, GuardedServer> _servers = new(StringComparer.OrdinalIgnoreCase);
    private readonly CoverDownload _download =
        new(new CoverRequests(createClient, options, clock), options, formats, clock);

    /// <summary>The number of covers to fetch at once; null when it is fixed.</summary>
    public ConcurrencyLimit? Limit => options.MostAtOnce > options.Parallelism ? _download.Limit : null;

    /// <summary>Why the server of a URL cannot answer any request at the moment; null when it may.</summary>
    public string? ProblemOf(Uri url) => _servers.GetValueOrDefault(HttpFailure.Server(url))?.Problem;

    /// <summary>Reads the cover at a URL, if there is one.</summary>
    /// <exception cref="CoverException">It cannot be read.</exception>
    public async ValueTask<FetchResult> GetAsync(
        Uri url, CoverVersion? known, Reservation reservation, CancellationToken cancellationToken)
    {
        GuardedServer server = _servers.GetOrAdd(HttpFailure.Server(url), Create);
        using var all = new RequestDeadline(options.Timeout, clock, cancellationToken);
        try
        {
            // The body is part of an attempt: a connection that breaks in its middle is a broken attempt like any other.
            FetchResult fetched = await server.Guard.ExecuteAsync(
                _ => _download.TryAsync(url, known, reservation, all, cancellationToken), all.Token).ConfigureAwait(false);
            server.Answered();
            return fetched;
        }
        catch (CoverException)
        {
            server.Answered();
            throw;
        }
        catch (Exception error) when (HttpFailure.IsOfRequest(error))
        {
            server.Failed(error);
            throw HttpFailure.Of(url, error);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw HttpFailure.Of(url, HttpFailure.TimedOut(options.Timeout, error)); // between two attempts
        }
    }

    private GuardedServer Create(string server)
    {
        var breaker = new CircuitBreakerStateProvider();
        var guard = new ResiliencePipelineBuilder { TimeProvider = new SteadyClock(clock) };
        if (options.Retries > 0)
        {
            guard.AddRetry(Retrying(breaker));
        }

        return new GuardedServer(server, breaker, guard.AddCircuitBreaker(Breaking(server, breaker)).Build());
    }

    /// <summary>No request is repeated once the breaker has opened: the repetition would not be sent.</summary>
    private RetryStrategyOptions Retrying(CircuitBreakerStateProvider breaker) => new()
    {
        MaxRetryAttempts = options.Retries,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = FirstWait,
        MaxDelay = LongestWait,
        DelayGenerator = static retry => new((retry.Outcome.Exception as UnexpectedStatusException)?.RetryAfter),
        ShouldHandle = attempt => new(HttpFailure.MayPass(attempt.Outcome.Exception) && breaker.CircuitState == CircuitState.Closed),
        OnRetry = _ =>
        {
            metrics.RequestRepeated();
            return default;
        },
    };

    /// <summary>Opens once more requests have failed than one cover for each degree of parallelism needs, and more than are sent at once, so
    /// that a server that is away for a moment is bridged by retries.</summary>
    private CircuitBreakerStrategyOptions Breaking(string server, CircuitBreakerStateProvider breaker) => new()
    {
        StateProvider = breaker,
        FailureRatio = 0.5,
        MinimumThroughput = Math.Max((options.Parallelism + 1) * (options.Retries + 1), options.MostAtOnce + 1),
        SamplingDuration = TimeSpan.FromSeconds(30) + (2 * options.Timeout),
        BreakDuration = Rest,
        ShouldHandle = static attempt => new(HttpFailure.BlamesServer(attempt.Outcome.Exception)),
        OnOpened = _ =>
        {
            Log.ServerLeftAlone(log, server, Rest.TotalSeconds);
            return default;
        },
        OnClosed = _ =>
        {
            Log.ServerAnswers(log, server);
            return default;
        },
    };
}
