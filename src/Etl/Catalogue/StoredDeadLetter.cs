namespace PaletteEtl.Catalogue;

/// <summary>A dead letter as the catalogue holds it, for a person or a program to read.</summary>
/// <param name="Key">Its key, which rises in the order they came.</param>
/// <param name="MovieId">The id of the movie.</param>
/// <param name="Stage">The stage that failed.</param>
/// <param name="Reason">The name of the reason, from <see cref="FailureReasons"/> or of another version of this program.</param>
/// <param name="Message">One sentence for a person.</param>
/// <param name="Attempts">How often the movie failed since a retry was asked for; 0 when one is.</param>
/// <param name="FirstAt">The time of the first failure: ISO 8601 in UTC, to the seventh decimal of a second.</param>
/// <param name="LastAt">The time of the last failure, in the same form.</param>
/// <param name="CoverSize">The size of the cover in bytes; null where it was not known.</param>
/// <param name="CoverMtime">The time of the last change of the cover, in the same form; null where it was not known.</param>
/// <param name="CoverEtag">The entity tag of the cover; null where there was none.</param>
public sealed record StoredDeadLetter(
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
