namespace PaletteEtl.Service;

/// <summary>A service at one moment.</summary>
public sealed record EtlServiceStatus
{
    /// <summary>The state.</summary>
    public required ServiceState State { get; init; }

    /// <summary>Why the service cannot fill in palettes, in a sentence: the catalogue cannot be used, covers cannot be read, or another
    /// service leads the catalogue. Null when it can, and while it is paused.</summary>
    public required string? Problem { get; init; }

    /// <summary>When the service started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When a movie that failed is tried again; null when none is, and during a run.</summary>
    public required DateTimeOffset? NextRetryAt { get; init; }

    /// <summary>How movies have ended since the start.</summary>
    public required ServiceTotals Totals { get; init; }

    /// <summary>The counts of the catalogue; null until it is counted, and for movies of another store.</summary>
    public required CatalogueSnapshot? Catalogue { get; init; }
}
