using PaletteEtl.Catalogue;
using PaletteEtl.Service;

namespace Etl.Host.Json;

/// <summary>The catalogue of the service: <c>movies = complete + pending + failed + unreadable</c>.</summary>
internal sealed class ServiceCatalogueJson(CatalogueSnapshot catalogue)
{
    public long Movies => catalogue.Movies;

    public long Complete => catalogue.Complete;

    /// <summary>Movies that lack a palette or another column and have no dead letter.</summary>
    public long Pending => catalogue.Pending;

    /// <summary>Movies that lack one and have a dead letter.</summary>
    public long Failed => catalogue.Failed;

    /// <summary>Movies whose palette is neither missing nor a list of colours.</summary>
    public long Unreadable => catalogue.Unreadable;

    /// <summary>Palettes made with other settings that are to be made again; null if none is made again.</summary>
    public long? Stale => catalogue.Stale;

    /// <summary>The dead letters by reason, the most frequent first.</summary>
    public IReadOnlyList<ReasonCount> Reasons => catalogue.Reasons;

    /// <summary>The most frequent causes of the dead letters: those whose messages differ in the movie alone have one.</summary>
    public IReadOnlyList<FailureCause> Causes => catalogue.Causes;

    /// <summary>Number of all causes.</summary>
    public int CauseCount => catalogue.CauseCount;

    /// <summary>The earliest time since which a pending movie can have waited; null when none is pending.</summary>
    public DateTimeOffset? PendingSince => catalogue.PendingSince;

    public DateTimeOffset CountedAt => catalogue.CountedAt;
}
