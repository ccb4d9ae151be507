using System.Globalization;
using System.Runtime.InteropServices;
using Etl.Host.Configuration;
using Etl.Host.Run;
using PaletteEtl.Covers;

namespace Etl.Host.Bench;

/// <summary>Writes the result of a benchmark as a table with one row per way.</summary>
internal static class BenchTable
{
    public static void Write(TextWriter output, BenchResult result)
    {
        string leftOut = result.LeftOut > 0 ? $" ({RunSummary.Number(result.LeftOut)} left out: unreadable, or too large)" : "";
        output.WriteLine($" {RunSummary.Number(result.Covers)} {(result.Covers == 1 ? "cover" : "covers")}{leftOut}, {Machine()}");
        output.WriteLine($" JPEG is {NativeLibraryCheck.Jpeg(LibraryUse.Auto).Text}");
        output.WriteLine();
        output.WriteLine($" {"",24}{"one core",15}{"all cores",17}{"pipeline with database",28}{"palette",13}");
        output.WriteLine(
            $" {"mode",-11}{"JPEG by",-13}{"covers/s",9}{"CPU",6}{"covers/s",10}{"x one",7}"
            + $"{"covers/s",10}{"CPU",6}{"x bare",8}{"x first",9}{"error",8}");
        foreach (Way way in result.Ways)
        {
            output.WriteLine(
                $" {way.Mode,-11}{way.Decoder,-13}"
                + $"{PerSecond(way.OneCore),9}{Number(way.OneCore.CpuMilliseconds),6}"
                + $"{PerSecond(way.AllCores),10}{Number(way.AllCores.Against(way.OneCore)),7}"
                + $"{PerSecond(way.Pipeline),10}{Number(way.Pipeline.CpuMilliseconds),6}{Number(way.Pipeline.Against(way.AllCores)),8}"
                + $"{Number(way.Pipeline.Against(result.Ways[0].Pipeline)),9}{Number(way.PaletteError),8}");
        }

        output.WriteLine();
        output.WriteLine($" Medians of {BenchExecution.Rounds} rounds. CPU: milliseconds per cover. All cores: a bare loop without a database.");
        output.WriteLine(" Palette error: mean OKLab distance of a pixel to the nearest colour; black to white is 100.");
    }

    private static string Machine() =>
        $"{Environment.ProcessorCount} {(Environment.ProcessorCount == 1 ? "core" : "cores")}, "
        + $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}, {RuntimeInformation.FrameworkDescription}";

    private static string PerSecond(Measurement measurement) => measurement.CoversPerSecond.ToString("#,0.0", CultureInfo.InvariantCulture);

    private static string Number(double number) => number.ToString("0.00", CultureInfo.InvariantCulture);
}
