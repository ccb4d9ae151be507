using PaletteEtl.Covers;
using PaletteEtl.Palettes;

namespace Etl.Host.Explain;

/// <summary>A cover fetched, decoded and quantized as a run does it, with what is known after each stage.</summary>
/// <param name="Locations">The locations, in the order in which they are tried.</param>
/// <param name="FetchTime">The time of the fetch.</param>
internal sealed record CoverExamination(IReadOnlyList<TriedLocation> Locations, TimeSpan FetchTime)
{
    /// <summary>The failure that ended it; null when there is a palette.</summary>
    public Failure? Failure { get; init; }

    /// <summary>The version of the cover; null where it is not known.</summary>
    public CoverVersion? Version { get; init; }

    /// <summary>The size of the encoded cover in bytes; null when it was not read.</summary>
    public long? Bytes { get; init; }

    /// <summary>The hash of the encoded bytes.</summary>
    public UInt128? Content { get; init; }

    /// <summary>The format; null when it is not known.</summary>
    public string? Format { get; init; }

    /// <summary>The decoder and the sizes; null when the cover was not decoded.</summary>
    public CoverDecoding? Decoding { get; init; }

    /// <summary>Width and height that the header promises of a cover that was not decoded; null where it does not say.</summary>
    public (long Width, long Height)? PromisedSize { get; init; }

    /// <summary>The damage of a cover that has pixels all the same.</summary>
    public string? Damage { get; init; }

    /// <summary>The number of pixels that were counted.</summary>
    public long? Pixels { get; init; }

    /// <summary>The palette of today's settings.</summary>
    public Palette? Palette { get; init; }

    /// <summary>The values of the other columns, of today's settings; null when the cover failed.</summary>
    public IReadOnlyList<ColumnValue>? Columns { get; init; }

    /// <summary>The time of the quantizer.</summary>
    public TimeSpan? QuantizeTime { get; init; }
}
