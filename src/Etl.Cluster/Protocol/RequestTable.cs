using Etl.Cluster.Messages;

namespace Etl.Cluster.Protocol;

/// <summary>The protocol of the coordinator without its I/O: which results count, which requests are published again, and which movies
/// are given up. Each method takes an event, and returns what follows from it.</summary>
/// <remarks>Deterministic: times and keys are given. Times count from any fixed moment. Not safe for concurrent use.</remarks>
/// <typeparam name="T">The coordinator's data of a movie.</typeparam>
/// <param name="terms">The requirements of the run for results.</param>
/// <param name="shortestLease">The shortest time after which a request without a result is published again.</param>
/// <param name="newKey">Returns a key for each request, which cannot be guessed.</param>
internal sealed class RequestTable<T>(ResultTerms terms, TimeSpan shortestLease, Func<string> newKey)
{
    /// <summary>How often a request alone in its message may reach the delivery limit before its movie is given up.</summary>
    public const int MaxReturns = 3;

    /// <summary>How often workers may reject a request before its movie is given up: when no worker has made a palette, although others had
    /// the time to connect, and otherwise.</summary>
    public const int MaxRejections = 4, MaxRejectionsBySome = 12;

    /// <summary>How often the same worker may fail to fetch a cover, while there are others, before its failure counts.</summary>
    public const int MaxFailures = 4;

    /// <summary>How many results that do not fit a request may have before its movie is given up.</summary>
    public const int MaxMisfits = 3;

    /// <summary>Half the time after which a request is published again that a worker has rejected; it doubles with each rejection.</summary>
    private static readonly TimeSpan FirstRejection = TimeSpan.FromSeconds(0.5), LongestRejection = TimeSpan.FromSeconds(4);

    /// <summary>Time in which workers connect again after a fault: the longest back-off, and as much again. As long, a single worker does
    /// not count as the only one.</summary>
    private static readonly TimeSpan ReconnectTime = TimeSpan.FromSeconds(16);

    private readonly Dictionary<string, MovieRequest<T>> _pending = new(StringComparer.Ordinal);
    private readonly RequestLease _lease = new(shortestLease);
    private object? _session;
    private long? _workers; // null until the queue of work has been inspected in this session
    private TimeSpan _sessionBegan;
    private TimeSpan _aloneSince;

    /// <summary>The requirements of the run for results.</summary>
    public ResultTerms Terms => terms;

    /// <summary>Palettes that workers have made.</summary>
    public long Palettes { get; private set; }

    /// <summary>Requests without a result.</summary>
    public int Count => _pending.Count;

    /// <summary>Whether a request is pending.</summary>
    public bool IsPending(MovieRequest<T> request) => _pending.ContainsKey(request.Key);

    /// <summary>Makes a request for a movie. A row that is read twice has two requests.</summary>
    public MovieRequest<T> Add(T movie)
    {
        var request = new MovieRequest<T>(newKey(), movie);
        _pending.Add(request.Key, request);
        return request;
    }

    /// <summary>The broker has confirmed requests in a session. Their leases begin, unless a later session has emptied the queues.</summary>
    /// <returns>False if they are to be published again.</returns>
    public bool Published(object session, IEnumerable<MovieRequest<T>> requests, TimeSpan now)
    {
        if (!ReferenceEquals(session, _session))
        {
            return false;
        }

        foreach (MovieRequest<T> request in requests)
        {
            request.PublishedAt = now;
            request.Lease = request.Lease == default ? _lease.First : request.Lease;
        }

        return true;
    }

    /// <summary>A session has begun with empty queues. Returns the requests of earlier sessions, which are to be published again.</summary>
    /// <param name="session">The session.</param>
    /// <param name="now">The time.</param>
    public MovieRequest<T>[] SessionBegan(object session, TimeSpan now)
    {
        (_session, _sessionBegan, _aloneSince, _workers) = (session, now, now, null);
        return TakeBack(_pending.Values.Where(static request => request.PublishedAt is not null || request.Unconfirmed is not null));
    }

    /// <summary>A worker has returned a result.</summary>
    /// <param name="headers">The headers of the message.</param>
    /// <param name="result">The result.</param>
    /// <param name="now">The time.</param>
    public Receipt<T> Receive(ResultHeaders headers, MovieResult result, TimeSpan now)
    {
        if (headers.Epoch != terms.Epoch || !_pending.TryGetValue(result.Key, out MovieRequest<T>? request))
        {
            return default;
        }

        if (!terms.Fit(result, headers.Settings))
        {
            // Until the last, the lease ends, and the request is published again.
            return ++request.Misfits < MaxMisfits ? default : new(Complete(request, CoordinatorResults.Unfit(request.Key, MaxMisfits)));
        }

        if (request.PublishedAt is { } published)
        {
            _lease.Observe(now - published);
        }

        if (result.IsUnreached && headers.Worker is { } worker && IsUnconfirmed(request, worker, now))
        {
            request.PublishedAt = null;
            request.Unconfirmed = _workers > 1 ? null : result;
            return new(Completed: null, _workers > 1 ? request : null, IsUnconfirmed: true);
        }

        Palettes += result is { Failure: null, IsCurrent: false } ? 1 : 0;
        return new(Complete(request, result));
    }

    /// <summary>A message of requests has come back without results.</summary>
    /// <param name="epoch">The epoch that the message has.</param>
    /// <param name="queue">The queue it was in.</param>
    /// <param name="cause">Why it has come back.</param>
    /// <param name="keys">The keys of its requests.</param>
    /// <param name="now">The time.</param>
    public ReturnedRequests<T> Return(string? epoch, WorkQueue queue, ReturnCause cause, IEnumerable<string> keys, TimeSpan now)
    {
        var again = new List<MovieRequest<T>>();
        var completed = new List<CompletedRequest<T>>();
        foreach (string key in epoch == terms.Epoch ? keys : [])
        {
            if (!_pending.TryGetValue(key, out MovieRequest<T>? request))
            {
                continue; // completed
            }

            if (cause == ReturnCause.Rejected && ++request.Rejections >= MaxRejectionsAt(now))
            {
                completed.Add(Complete(request, CoordinatorResults.Rejected(key)));
            }
            else if (cause == ReturnCause.Rejected && Palettes > 0 && request.Rejections <= MaxRejections && request.PublishedAt is not null)
            {
                again.Add(request); // there are workers that know the messages
            }
            else if (cause == ReturnCause.Rejected)
            {
                // A worker may reject a message before the broker has confirmed it: then the lease begins with the confirm.
                TimeSpan pause = FirstRejection * (1 << request.Rejections);
                request.Lease = now - (request.PublishedAt ?? now) + (pause < LongestRejection ? pause : LongestRejection);
            }
            else if (request.PublishedAt is null)
            {
                continue; // about to be published again
            }
            else if (cause == ReturnCause.DeliveryLimit && queue == WorkQueue.Suspect && ++request.Returns >= MaxReturns)
            {
                completed.Add(Complete(request, CoordinatorResults.Undeliverable(key, MaxReturns)));
            }
            else if (cause == ReturnCause.DeliveryLimit)
            {
                request.Queue = WorkQueue.Suspect;
                again.Add(request);
            }
        }

        return new ReturnedRequests<T>(TakeBack(again), completed);
    }

    /// <summary>A request cannot be published. Returns it completed, or null when it is not pending.</summary>
    public CompletedRequest<T>? Fail(MovieRequest<T> request, MovieResult result) => IsPending(request) ? Complete(request, result) : null;

    /// <summary>A queue has been inspected. Publishes the requests again whose leases have ended, if the queue is empty. While requests
    /// wait in it, workers have enough to do, and the leases are extended.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="waiting">Messages that wait in it.</param>
    /// <param name="workers">Workers that consume it.</param>
    /// <param name="now">The time.</param>
    public ReturnedRequests<T> Inspected(WorkQueue queue, long waiting, long workers, TimeSpan now)
    {
        if (queue == WorkQueue.Work)
        {
            _workers = workers;
            _aloneSince = workers > 1 ? now : _aloneSince;
        }

        MovieRequest<T>[] overdue = [.. _pending.Values.Where(request => request.Queue == queue && HasLeaseEnded(request, now))];
        foreach (MovieRequest<T> request in overdue)
        {
            request.Lease = waiting > 0 ? now - request.PublishedAt!.Value + _lease.First : _lease.After(request.Lease);
        }

        MovieRequest<T>[] unconfirmed = [.. _pending.Values.Where(static request => request.Unconfirmed is not null)];
        bool isAlone = now - _aloneSince >= ReconnectTime;
        CompletedRequest<T>[] completed = isAlone ? [.. unconfirmed.Select(request => Complete(request, request.Unconfirmed!))] : [];
        IEnumerable<MovieRequest<T>> confirming = _workers > 1 ? unconfirmed : [];
        return new ReturnedRequests<T>(TakeBack((waiting > 0 ? [] : overdue).Concat(confirming)), completed);
    }

    private int MaxRejectionsAt(TimeSpan now) =>
        Palettes == 0 && now - _sessionBegan >= ReconnectTime ? MaxRejections : MaxRejectionsBySome;

    /// <summary>Whether another worker has to try, because the failure may be one of the worker's place.</summary>
    private bool IsUnconfirmed(MovieRequest<T> request, string worker, TimeSpan now)
    {
        request.FailedBy ??= worker;
        bool mayHaveOthers = _workers > 1 || now - _aloneSince < ReconnectTime;
        return request.FailedBy == worker && mayHaveOthers && ++request.Failures < MaxFailures;
    }

    private static bool HasLeaseEnded(MovieRequest<T> request, TimeSpan now) =>
        request.PublishedAt is { } published && now - published >= request.Lease;

    private static MovieRequest<T>[] TakeBack(IEnumerable<MovieRequest<T>> requests)
    {
        MovieRequest<T>[] taken = [.. requests];
        foreach (MovieRequest<T> request in taken)
        {
            (request.PublishedAt, request.Unconfirmed) = (null, null);
        }

        return taken;
    }

    private CompletedRequest<T> Complete(MovieRequest<T> request, MovieResult result)
    {
        _pending.Remove(request.Key);
        return new CompletedRequest<T>(request.Movie, result);
    }
}
