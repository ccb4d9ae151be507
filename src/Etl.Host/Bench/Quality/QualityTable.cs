using System.Globalization;
using Etl.Host.Run;

namespace Etl.Host.Bench.Quality;

/// <summary>Writes the quality of modes as two tables, of palettes and of their stability, with one row per mode.</summary>
internal static class QualityTable
{
    public static void Write(TextWriter output, QualityResult result)
    {
        string leftOut = result.LeftOut > 0 ? $" ({RunSummary.Number(result.LeftOut)} left out: unreadable, or too large)" : "";
        output.WriteLine(
            $" {Covers(result.Covers)}{leftOut}, {RunSummary.Number(result.VividCovers)} with a vivid hue family");
        output.WriteLine();
        WritePalettes(output, result);
        if (result.ReencodedCovers > 0)
        {
            output.WriteLine();
            output.WriteLine($" {Covers(result.ReencodedCovers)} encoded again: mean distance of the palettes (share of first colours that move)");
            output.WriteLine();
            WriteStability(output, result);
        }

        output.WriteLine();
        output.WriteLine(" Families lost: share of the covers whose palette has no colour for one of their vivid hue families.");
        output.WriteLine(" Palette error: mean OKLab distance of a pixel to the nearest colour; black to white is 100.");
        output.WriteLine(" Worst colour: OKLab distance of the colour that differs most from the palette made at full size.");
        output.WriteLine(" Near dupl.: share of the covers with two colours that differ by less than 2 in CIEDE2000.");
        output.WriteLine(" Rare colours: share of the colours with less than 1 % of the pixels within 10 in CIEDE2000.");
    }

    private static void WritePalettes(TextWriter output, QualityResult result)
    {
        int width = NameWidth(result);
        output.WriteLine($" {"".PadRight(width)}{"families",9}{"palette",9}{"CIEDE2000",15}{"worst colour",16}{"a, b x 2",15}{"near",8}{"rare",8}");
        output.WriteLine(
            $" {"mode".PadRight(width)}{"lost",9}{"error",9}{"mean",8}{"p95",7}{"mean",9}{"p95",7}{"mean",8}{"p95",7}{"dupl.",8}{"colours",8}");
        foreach (ModeQuality mode in result.Modes)
        {
            output.WriteLine(
                $" {mode.Mode.PadRight(width)}{Percent(mode.FamiliesLost),9}{Number(mode.PaletteError),9}"
                + $"{Number(mode.DifferenceMean),8}{Number(mode.DifferenceP95),7}{Number(mode.WorstMean),9}{Number(mode.WorstP95),7}"
                + $"{Number(mode.WorstDoubledMean),8}{Number(mode.WorstDoubledP95),7}"
                + $"{Percent(mode.NearDuplicates),8}{Percent(mode.RareColors),8}");
        }
    }

    private static void WriteStability(TextWriter output, QualityResult result)
    {
        int width = NameWidth(result);
        output.WriteLine($" {"mode".PadRight(width)}{string.Concat(Reencoding.All.Select(static way => $"{way.Name,12}"))}{"mean",7}");
        foreach (ModeQuality mode in result.Modes)
        {
            IEnumerable<string> cells = Enumerable.Range(0, Reencoding.All.Count)
                .Select(i => $"{$"{Number(mode.Distance(i))} ({100 * mode.FirstColorMoved(i):0} %)",12}");
            output.WriteLine($" {mode.Mode.PadRight(width)}{string.Concat(cells)}{Number(mode.MeanDistance),7}");
        }
    }

    private static int NameWidth(QualityResult result) => result.Modes.Max(static mode => mode.Mode.Length) + 2;

    private static string Covers(int count) => $"{RunSummary.Number(count)} {(count == 1 ? "cover" : "covers")}";

    private static string Number(double? number) => number?.ToString("0.00", CultureInfo.InvariantCulture) ?? "-";

    private static string Percent(double? share) => share is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");
}
