using System.ComponentModel.DataAnnotations;
using Etl.Pipeline;

namespace Etl.Fetch;

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
}
