using System.Text.Json.Serialization.Metadata;
using Etl.Host.Json;
using Etl.Host.Run;

namespace Etl.Host.Commands;

/// <summary>A list of <c>etl dead-letters</c>, as a table or as JSON.</summary>
/// <param name="Titles">The titles of the table.</param>
/// <param name="None">The sentence in place of an empty table.</param>
/// <param name="Line">The line of a row. Columns have a fixed width, the longest last: there may be too many rows to measure them first.</param>
/// <param name="Json">The JSON contract of a row.</param>
internal sealed record Listing<T>(string Titles, string None, Func<T, string> Line, JsonTypeInfo<T> Json);

/// <summary>The lists of <c>etl dead-letters</c>.</summary>
internal static class Listings
{
    public static Listing<DeadLetterJson> DeadLetters { get; } = new(
        DeadLetterLine("id", "stage", "reason", "attempts", "last at", "message"),
        "There are no dead letters.",
        static letter => DeadLetterLine(
            IdOf(letter.Id),
            letter.Stage,
            letter.Reason,
            RunSummary.Number(letter.Attempts),
            Printable.ToSeconds(letter.LastAt),
            letter.Message),
        EtlJson.Readable.DeadLetterJson);

    public static Listing<DamagedPaletteJson> DamagedPalettes { get; } = new(
        DamageLine("id", "written at", "message"),
        "There are no palettes of damaged covers.",
        static damage => DamageLine(IdOf(damage.Id), Printable.ToSeconds(damage.At), damage.Message),
        EtlJson.Readable.DamagedPaletteJson);

    private static string IdOf(string? id) => id ?? "NULL";

    private static string DeadLetterLine(string id, string stage, string reason, string attempts, string lastAt, string message) =>
        $"{id,-12}  {stage,-8}  {reason,-18}  {attempts,8}  {lastAt,-20}  {message}";

    private static string DamageLine(string id, string at, string message) => $"{id,-12}  {at,-20}  {message}";
}
