using Etl.Cluster.Messages;

namespace Etl.Cluster.Protocol;

/// <summary>The request for a movie's palette, pending until a result is accepted for it.</summary>
/// <typeparam name="T">The coordinator's data of the movie.</typeparam>
/// <param name="key">Identifies the request. Only a worker that receives it can know the key.</param>
/// <param name="movie">The movie.</param>
internal sealed class MovieRequest<T>(string key, T movie)
{
    public string Key => key;

    public T Movie => movie;

    /// <summary>The queue that the request is published to.</summary>
    public WorkQueue Queue { get; set; } = WorkQueue.Work;

    /// <summary>When the request was last published; null while it waits to be published.</summary>
    public TimeSpan? PublishedAt { get; set; }

    /// <summary>The time without a result after which the request is published again, counted from <see cref="PublishedAt"/>.</summary>
    public TimeSpan Lease { get; set; }

    /// <summary>How often the request alone in its message has reached the delivery limit.</summary>
    public int Returns { get; set; }

    /// <summary>How many results did not fit the request.</summary>
    public int Misfits { get; set; }

    /// <summary>How often a worker has rejected the request.</summary>
    public int Rejections { get; set; }

    /// <summary>The worker that has failed to fetch the cover; null when none has.</summary>
    public string? FailedBy { get; set; }

    /// <summary>How often that worker has failed to.</summary>
    public int Failures { get; set; }

    /// <summary>That worker's result, kept until another worker connects or none has for a while; null otherwise.</summary>
    public MovieResult? Unconfirmed { get; set; }
}
