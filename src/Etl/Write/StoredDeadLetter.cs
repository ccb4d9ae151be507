using Etl.Query;

namespace Etl.Write;

/// <summary>A dead letter as the table holds it, for a person or a program to read.</summary>
internal sealed record StoredDeadLetter(
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
