using PaletteEtl.Model;

namespace PaletteEtl.Catalogue;

/// <summary>A dead letter as the table holds it, for a person or a program to read. <c>Key</c> is its row key, which
/// rises in the order they came.</summary>
internal sealed record StoredDeadLetter(
    long Key,
    MovieId MovieId,
    string Stage,
    string Reason,
    string Message,
    long Attempts,
    string FirstAt,
    string LastAt,
    long? CoverSize,
    string? CoverMtime,
    string? CoverEtag);
