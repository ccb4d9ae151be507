using System.Collections.Concurrent;
using System.Threading.RateLimiting;

namespace PaletteEtl.Covers.Http;

/// <summary>Keeps the requests to each server below a rate.</summary>
/// <param name="requestsPerSecond">The rate; 0 for no limit.</param>
internal sealed class RequestPace(double requestsPerSecond)
{
    /// <summary>Tokens come at most so often; of a higher rate, several at once.</summary>
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<string, RateLimiter> _servers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Waits until a request may be sent. The deadlines stand still meanwhile.</summary>
    /// <param name="url">The URL of the request.</param>
    /// <param name="one">The deadline of the attempt.</param>
    /// <param name="all">The deadline of all attempts.</param>
    /// <param name="aborting">Ends the wait.</param>
    public async ValueTask WaitAsync(Uri url, RequestDeadline one, RequestDeadline all, CancellationToken aborting)
    {
        if (requestsPerSecond <= 0)
        {
            return;
        }

        one.Pause();
        all.Pause();
        using RateLimitLease lease = await _servers.GetOrAdd(HttpFailure.Server(url), _ => Limiter())
            .AcquireAsync(permitCount: 1, aborting).ConfigureAwait(false);
        all.Resume();
        one.Resume();
    }

    private TokenBucketRateLimiter Limiter()
    {
        int tokens = Math.Max(1, (int)(requestsPerSecond * ShortestPeriod.TotalSeconds));
        return new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = tokens,
            TokensPerPeriod = tokens,
            ReplenishmentPeriod = TimeSpan.FromSeconds(tokens / requestsPerSecond),
            QueueLimit = int.MaxValue,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
    }
}
