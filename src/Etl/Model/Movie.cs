namespace PaletteEtl.Model;

/// <summary>A movie whose palette is to be filled in, or to be emptied.</summary>
/// <param name="Key">The address of its row, for the store that made it.</param>
/// <param name="Id">Its id, which names its cover.</param>
/// <param name="Previous">How it failed before; null if it did not.</param>
public sealed record Movie(RowKey Key, MovieId Id, DeadLetter? Previous = null)
{
    /// <summary>The location of its cover as its row has it, empty if the row has none; null when no column has locations, so that the id
    /// names the cover.</summary>
    public string? Location { get; init; }

    /// <summary>Its palette as it is stored, which stays, when only other columns are missing; null when the palette is to be made.</summary>
    public string? StoredPalette { get; init; }

    /// <summary>The cover and the settings that its palette was made from, when the palette may be made again; null when the palette is missing.</summary>
    public Provenance? Provenance { get; init; }

    /// <summary>The version of the cover for which nothing is to be done: the movie failed with it before, and that stands, or has a
    /// current palette of it. Null if any version is wanted.</summary>
    public CoverVersion? KnownVersion =>
        Previous is { Stands: true } ? Previous.Version
        : Provenance is { IsOutdated: false } ? Provenance.Version
        : null;
}
