using PaletteEtl.Catalogue;

namespace PaletteEtl.Service;

/// <summary>The catalogue at one moment; <c>Movies = Complete + Pending + Failed + Unreadable</c>.</summary>
public sealed record CatalogueSnapshot
{
    /// <summary>All movies.</summary>
    public required long Movies { get; init; }

    /// <summary>Movies that lack a palette or another column and have no dead letter.</summary>
    public required long Pending { get; init; }

    /// <summary>Movies that lack one and have a dead letter.</summary>
    public required long Failed { get; init; }

    /// <summary>Movies whose palette is neither missing nor a list of colours.</summary>
    public required long Unreadable { get; init; }

    /// <summary>Palettes made with other settings that are to be made again; null if none is made again.</summary>
    public required long? Stale { get; init; }

    /// <summary>The dead letters by reason at the last count.</summary>
    public required IReadOnlyList<ReasonCount> Reasons { get; init; }

    /// <summary>The most frequent causes of the dead letters at the last count.</summary>
    public required IReadOnlyList<FailureCause> Causes { get; init; }

    /// <summary>Number of all causes.</summary>
    public required int CauseCount { get; init; }

    /// <summary>The earliest time since which a pending movie can have waited; null when none is pending.</summary>
    public required DateTimeOffset? PendingSince { get; init; }

    /// <summary>When the catalogue was counted last.</summary>
    public required DateTimeOffset CountedAt { get; init; }

    /// <summary>Movies that lack nothing.</summary>
    public long Complete => Movies - Pending - Failed - Unreadable;
}
