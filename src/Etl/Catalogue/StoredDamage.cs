namespace PaletteEtl.Catalogue;

/// <summary>A palette that was made of a damaged cover, as the catalogue holds it, for a person or a program to read.</summary>
/// <param name="Key">Its key, which rises in the order they came.</param>
/// <param name="MovieId">The id of the movie.</param>
/// <param name="Message">The damage, in one sentence.</param>
/// <param name="At">The time at which the palette was written: ISO 8601 in UTC, to the seventh decimal of a second.</param>
/// <param name="CoverSize">The size of the cover in bytes; null where it was not known.</param>
/// <param name="CoverMtime">The time of the last change of the cover, in the same form; null where it was not known.</param>
/// <param name="CoverEtag">The entity tag of the cover; null where there was none.</param>
public sealed record StoredDamage(
    long Key, MovieId MovieId, string Message, string At, long? CoverSize, string? CoverMtime, string? CoverEtag);
