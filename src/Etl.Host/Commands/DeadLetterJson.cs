using PaletteEtl.Catalogue;

namespace Etl.Host.Commands;

/// <summary>An element of what <c>etl dead-letters --json</c> prints; named as the table's columns.</summary>
internal sealed record DeadLetterJson(
    object? MovieId,
    string Stage,
    string Reason,
    string Message,
    long Attempts,
    string FirstAt,
    string LastAt,
    long? CoverSize,
    string? CoverMtime,
    string? CoverEtag)
{
    public static DeadLetterJson Of(StoredDeadLetter letter) => new(
        CommandJson.IdOf(letter.MovieId),
        letter.Stage,
        letter.Reason,
        letter.Message,
        letter.Attempts,
        letter.FirstAt,
        letter.LastAt,
        letter.CoverSize,
        letter.CoverMtime,
        letter.CoverEtag);
}
