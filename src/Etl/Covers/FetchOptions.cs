using System.ComponentModel.DataAnnotations;

namespace PaletteEtl.Covers;

/// <summary>Where covers come from, and how many are fetched at once.</summary>
public sealed class FetchOptions() : StageOptions(degreeOfParallelism: 8, boundedCapacity: 32)
{
    /// <summary>Templates of a cover's place, tried in order; the first that exists wins. <c>{id}</c> stands for the
    /// movie's id, <c>{id:D7}</c> for its digits padded with zeros to seven; a template with neither is one cover for
    /// all movies. Default: <c>data/covers/{id}.jpg</c>.</summary>
    [Required, MinLength(1)]
    public IList<string> Locations { get; set; } = ["data/covers/{id}.jpg"];

    /// <summary>Bytes of an encoded cover at most; a larger one is a dead letter <c>too_large</c>. Default: 16 MiB.</summary>
    [Range(1, int.MaxValue)]
    public long MaxCoverBytes { get; set; } = 16L << 20;

    /// <summary>Bytes that all encoded covers in flight may take together. Default: 128 MiB.</summary>
    [Range(1, long.MaxValue)]
    public long MemoryBudgetBytes { get; set; } = 128L << 20;

    /// <summary>Whether a cover may be a link to a file outside of its folder; otherwise it is a dead letter
    /// <c>forbidden</c>. The folder itself may be a link. Default: false.</summary>
    public bool FollowLinks { get; set; }

    /// <summary>Headers of every request for a cover, such as <c>Authorization</c>: sent to the server of a location and
    /// to no other, and their values shown nowhere. Default: none.</summary>
    public IDictionary<string, string>? Headers { get; set; }

    /// <summary>How long one request for a cover may take, to its last byte; waiting for memory is not counted.
    /// Default: 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long all requests for a cover at one location may take, the waits between them included. At least
    /// <see cref="AttemptTimeout"/>. Default: 2 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "04:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How often a request is repeated that failed for a reason that may pass: 408, 429, 5xx, a timeout or a
    /// broken connection. Default: 3.</summary>
    [Range(0, 10)]
    public int Retries { get; set; } = 3;
}
