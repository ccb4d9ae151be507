using System.Text.Json;
using Etl.Host.Run;
using PaletteEtl.Catalogue;

namespace Etl.Host.Commands;

/// <summary>Dead letters for a person, or for a program, to read.</summary>
internal static class DeadLetterOutput
{
    /// <summary>Lines of fixed columns, the longest last: there may be too many dead letters to measure them first.</summary>
    public static void WriteText(TextWriter output, IEnumerable<StoredDeadLetter> letters)
    {
        bool any = false;
        foreach (StoredDeadLetter letter in letters)
        {
            if (!any)
            {
                WriteLine(output, "id", "stage", "reason", "attempts", "last at", "message");
                any = true;
            }

            WriteLine(
                output,
                letter.MovieId.ToString(),
                letter.Stage,
                letter.Reason,
                RunSummary.Number(letter.Attempts),
                ToSeconds(letter.LastAt),
                letter.Message);
        }

        if (!any)
        {
            output.WriteLine("There are no dead letters.");
        }
    }

    public static void WriteJson(TextWriter output, IEnumerable<StoredDeadLetter> letters, CancellationToken stopping)
    {
        using var array = new JsonArray<DeadLetterJson>(output, CommandJson.Readable.DeadLetterJson, stopping);
        foreach (StoredDeadLetter letter in letters)
        {
            array.Add(DeadLetterJson.Of(letter));
        }
    }

    public static void WriteText(TextWriter output, DeadLetterChanges changes)
    {
        if (changes.Pruned is { } pruned)
        {
            output.WriteLine($"Deleted {Printable.Count(pruned, "dead letter")} of movies that no longer exist.");
        }

        if (changes.PrunedDamaged is { } damaged)
        {
            output.WriteLine($"Deleted {Printable.Count(damaged, "damaged cover")} whose movie is gone.");
        }

        if (changes.Retried is { } retried)
        {
            output.WriteLine($"The next run retries {Printable.Count(retried, "dead letter")}.");
        }
    }

    public static void WriteJson(TextWriter output, DeadLetterChanges changes) =>
        output.WriteLine(JsonSerializer.Serialize(changes, CommandJson.Readable.DeadLetterChanges));

    /// <summary>The stored time, without its fraction of a second: 2026-01-31T12:00:00Z.</summary>
    public static string ToSeconds(string time) =>
        time.IndexOf('.', StringComparison.Ordinal) is var point and >= 0 ? $"{time[..point]}Z" : time;

    private static void WriteLine(
        TextWriter output, string id, string stage, string reason, string attempts, string lastAt, string message) =>
        output.WriteLine(Printable.Line($"{id,-12}  {stage,-8}  {reason,-18}  {attempts,8}  {lastAt,-20}  {message}"));
}
