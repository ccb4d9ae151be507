using PaletteEtl.Catalogue;

namespace Etl.Host.Service;

/// <summary>The catalogue at one moment; <c>Movies = Complete + Pending + Failed + Unreadable</c>.</summary>
/// <param name="Movies">All movies.</param>
/// <param name="Pending">Movies that lack a palette or another column and have no dead letter.</param>
/// <param name="Failed">Movies that lack one and have a dead letter.</param>
/// <param name="Unreadable">Movies whose palette is neither missing nor a list of colours.</param>
/// <param name="Stale">Palettes made with other settings that are to be made again; null if none is made again.</param>
/// <param name="Reasons">The dead letters by reason at the last count.</param>
/// <param name="Causes">The most frequent causes of the dead letters at the last count.</param>
/// <param name="CauseCount">Number of all causes.</param>
/// <param name="PendingSince">The earliest time since which a pending movie can have waited; null when none is pending.</param>
/// <param name="CountedAt">When the catalogue was counted last.</param>
internal sealed record CatalogueSnapshot(
    long Movies,
    long Pending,
    long Failed,
    long Unreadable,
    long? Stale,
    IReadOnlyList<ReasonCount> Reasons,
    IReadOnlyList<FailureCause> Causes,
    int CauseCount,
    DateTimeOffset? PendingSince,
    DateTimeOffset CountedAt)
{
    public long Complete => Movies - Pending - Failed - Unreadable;
}
