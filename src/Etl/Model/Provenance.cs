namespace PaletteEtl.Model;

/// <summary>The cover and the settings that the stored palette of a movie was made from.</summary>
/// <param name="Version">The version of the cover; null where it was not known.</param>
/// <param name="Content">The hash of the cover's bytes (xxHash128); null where it was not known.</param>
/// <param name="IsOutdated">Whether the palette is to be made again even if the cover is the same, because it was made with other settings.</param>
public sealed record Provenance(CoverVersion? Version, UInt128? Content, bool IsOutdated)
{
    /// <summary>The hash of the palette, by which a store knows whether another program has replaced it.</summary>
    internal long PaletteHash { get; init; }

    /// <summary>Whether the palette is current with a cover of this content.</summary>
    public bool IsOf(UInt128 content) => !IsOutdated && Content == content;
}
