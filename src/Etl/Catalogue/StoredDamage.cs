using PaletteEtl.Model;

namespace PaletteEtl.Catalogue;

/// <summary>A palette that was made of a damaged cover, as the table holds it, for a person or a program to read. <c>Key</c> is its
/// row key, which rises in the order they came.</summary>
internal sealed record StoredDamage(
    long Key, MovieId MovieId, string Message, string At, long? CoverSize, string? CoverMtime, string? CoverEtag);
