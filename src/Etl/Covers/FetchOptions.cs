using System.ComponentModel.DataAnnotations;

namespace PaletteEtl.Covers;

/// <summary>The locations of covers, and the limits for fetching them.</summary>
public sealed class FetchOptions() : StageOptions(DefaultParallelism, boundedCapacity: 32)
{
    private const int DefaultParallelism = 8, DefaultMost = 128;

    /// <summary>Path or URL templates of the covers, tried in order; the first cover that exists is used. <c>{id}</c> is the
    /// movie's id, <c>{id:D7}</c> the id padded with zeros to seven digits, <c>{id[..2]}</c> its first two characters, <c>{cover}</c> the value of
    /// <c>Etl:Query:CoverColumn</c>; a template without any of them is one cover for all movies. <c>.*</c> at the end of a path is any extension of a supported format.
    /// <c>{{</c> and <c>}}</c> are literal braces. In a configuration file, a relative path starts at the folder of the file. Default:
    /// <c>data/covers/{id}.jpg</c>.</summary>
    [Required, MinLength(1)]
    public IList<string> Locations { get; set; } = ["data/covers/{id}.jpg"];

    /// <summary>Maximum number of covers fetched at once over HTTP. The number begins at <see cref="StageOptions.DegreeOfParallelism"/>, its
    /// minimum, rises while latency is stable, and falls when latency or failures rise. The stage has room for as many more items as the
    /// maximum exceeds <see cref="StageOptions.DegreeOfParallelism"/>; if it does not, the number is fixed. Without a value it is 128, or
    /// <see cref="StageOptions.DegreeOfParallelism"/> if that is not 8. Range: 0 to 1,024. Default: not set.</summary>
    [Range(0, 1024)]
    public int? MaxDegreeOfParallelism { get; set; }

    /// <summary>Maximum number of requests per second sent to each server, redirects and retries included; 0 is no limit. Range: 0 to 100,000.
    /// Default: 0.</summary>
    [Range(0.0, 100_000.0)]
    public double RequestsPerSecond { get; set; }

    /// <summary>Maximum size of an encoded cover in bytes; a larger cover is a dead letter <c>too_large</c>. At most
    /// <see cref="MemoryBudgetBytes"/>. Range: 1 to 2,147,483,647. Default: 16 MiB.</summary>
    [Range(1, int.MaxValue)]
    public long MaxCoverBytes { get; set; } = 16L << 20;

    /// <summary>Maximum number of bytes of all encoded covers in flight. Range: at least 1. Default: 128 MiB.</summary>
    [Range(1, long.MaxValue)]
    public long MemoryBudgetBytes { get; set; } = 128L << 20;

    /// <summary>Whether a cover may be a link to a file outside of its folder; otherwise such a cover is a dead letter
    /// <c>forbidden</c>. The folder itself may be a link. Default: false.</summary>
    public bool FollowLinks { get; set; }

    /// <summary>Headers of every request for a cover, such as <c>Authorization</c>. They are sent only to the servers of the
    /// locations; <c>etl palette</c> sends them to every server if no location is a URL. Their values are never shown. Default: not set.</summary>
    public IDictionary<string, string>? Headers { get; set; }

    /// <summary>Time limit of one request for a cover, to its last byte, without waits for memory. At most
    /// <see cref="Timeout"/>. Range: 100 ms to 1 h. Default: 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Time limit of all requests for a cover at one location, including the waits between them. At least
    /// <see cref="AttemptTimeout"/>. Range: 100 ms to 4 h. Default: 2 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "04:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Maximum number of retries of a request that failed with 408, 429, 5xx, a timeout or a broken connection.
    /// Range: 0 to 10. Default: 3.</summary>
    [Range(0, 10)]
    public int Retries { get; set; } = 3;

    /// <summary>Time after which <c>etl run</c> gives up if no location of covers can be used: each folder is gone, unreadable or
    /// empty, or each server keeps failing. Until then reading pauses, and movies in flight wait; <c>etl serve</c> never gives up. If 0,
    /// such movies become dead letters at once. Range: 0 to 7 days. Default: 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")]
    public TimeSpan OutageTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether <c>etl run</c> also waits, for up to <see cref="OutageTimeout"/>, if no location of covers can be used at its start: a
    /// network drive that is mounted later. Otherwise it ends at once, because a location is probably mistyped. Default: false.</summary>
    public bool WaitAtStart { get; set; }

    /// <summary>Maximum number of covers fetched at once.</summary>
    internal int MostAtOnce => MayBeUrls
        ? Math.Max(Parallelism, MaxDegreeOfParallelism ?? (DegreeOfParallelism == DefaultParallelism ? DefaultMost : 0))
        : Parallelism;

    /// <summary>As many more as more covers may be fetched at once.</summary>
    internal override int Capacity => base.Capacity + MostAtOnce - Parallelism;

    private bool MayBeUrls => Locations.Any(static location => new LocationTemplate(location) is { IsUrl: true } or { NamesCover: true, Prefix: "" });
}
