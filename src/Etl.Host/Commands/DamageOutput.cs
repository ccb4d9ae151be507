using System.Text.Json;
using PaletteEtl.Catalogue;

namespace Etl.Host.Commands;

/// <summary>Palettes of damaged covers for a person, or for a program, to read.</summary>
internal static class DamageOutput
{
    public static void WriteText(TextWriter output, IEnumerable<StoredDamage> damages)
    {
        bool any = false;
        foreach (StoredDamage damage in damages)
        {
            if (!any)
            {
                WriteLine(output, "id", "written at", "message");
                any = true;
            }

            WriteLine(output, damage.MovieId.ToString(), DeadLetterOutput.ToSeconds(damage.At), damage.Message);
        }

        if (!any)
        {
            output.WriteLine("There are no palettes of damaged covers.");
        }
    }

    public static void WriteJson(TextWriter output, IEnumerable<StoredDamage> damages, CancellationToken stopping)
    {
        using var array = new JsonArray<DamageJson>(output, CommandJson.Readable.DamageJson, stopping);
        foreach (StoredDamage damage in damages)
        {
            array.Add(DamageJson.Of(damage));
        }
    }

    public static void WriteText(TextWriter output, DamageChanges changes)
    {
        if (changes.Pruned is { } pruned)
        {
            output.WriteLine($"Deleted {Printable.Count(pruned, "damaged cover")} whose movie is gone.");
        }

        if (changes.Emptied is { } emptied)
        {
            output.WriteLine($"Emptied {Printable.Count(emptied, "palette")} of damaged covers; the next run makes them anew.");
        }
    }

    public static void WriteJson(TextWriter output, DamageChanges changes) =>
        output.WriteLine(JsonSerializer.Serialize(changes, CommandJson.Readable.DamageChanges));

    private static void WriteLine(TextWriter output, string id, string at, string message) =>
        output.WriteLine(Printable.Line($"{id,-12}  {at,-20}  {message}"));
}
