using Etl.Host.Run;
using PaletteEtl.Catalogue;

namespace Etl.Host.Commands;

/// <summary>A dead letter as <c>etl dead-letters</c> lists it: a line of text, or an object of JSON named as the table's columns.</summary>
internal sealed class DeadLetterRow(StoredDeadLetter letter)
{
    public static string Titles { get; } = Line("id", "stage", "reason", "attempts", "last at", "message");

    public object? MovieId => CommandJson.IdOf(letter.MovieId);

    public string Stage => letter.Stage;

    public string Reason => letter.Reason;

    public string Message => letter.Message;

    public long Attempts => letter.Attempts;

    public string FirstAt => letter.FirstAt;

    public string LastAt => letter.LastAt;

    public long? CoverSize => letter.CoverSize;

    public string? CoverMtime => letter.CoverMtime;

    public string? CoverEtag => letter.CoverEtag;

    public override string ToString() =>
        Line(letter.MovieId.ToString(), Stage, Reason, RunSummary.Number(Attempts), Printable.ToSeconds(LastAt), Message);

    /// <summary>Fixed columns, the longest last: there may be too many dead letters to measure them first.</summary>
    private static string Line(string id, string stage, string reason, string attempts, string lastAt, string message) =>
        $"{id,-12}  {stage,-8}  {reason,-18}  {attempts,8}  {lastAt,-20}  {message}";
}
