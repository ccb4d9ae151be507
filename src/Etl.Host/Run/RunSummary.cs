using System.Globalization;
using PaletteEtl.Pipeline;

namespace Etl.Host.Run;

/// <summary>The table a run ends with: a row a stage, the totals, the speed, and which stage limits it.</summary>
internal static class RunSummary
{
    public static void Write(TextWriter output, RunReport report, bool dryRun, long peakMemory)
    {
        output.WriteLine();
        WriteRow(output, "stage", "items", "failed", "p50 ms", "p95 ms", "p99 ms", "workers busy", "buffer full");
        foreach (StageReport stage in report.Stages)
        {
            string unit = stage.Name != StageNames.Write ? "" : stage.Items == 1 ? " batch" : " batches";
            string items = Number(stage.Items) + unit;
            WriteRow(
                output, stage.Name, items, Number(stage.Failures),
                Milliseconds(stage.P50), Milliseconds(stage.P95), Milliseconds(stage.P99),
                string.Create(CultureInfo.InvariantCulture, $"{stage.BusyShare * stage.DegreeOfParallelism:0.0} of {stage.DegreeOfParallelism}"),
                string.Create(CultureInfo.InvariantCulture, $"{stage.MeanFill * 100:0} %"));
        }

        output.WriteLine();
        output.WriteLine(
            $" read {Number(report.Read)} = {(dryRun ? "would write" : "written")} {Number(report.Written)}"
            + $" + dead letters {Number(report.DeadLetters)} + superseded {Number(report.Superseded)}"
            + $" + skipped {Number(report.Skipped)}{(report.Current > 0 ? $" + current {Number(report.Current)}" : "")} + abandoned {Number(report.Abandoned)}");
        if (report.SupersededMissing > 0)
        {
            output.WriteLine(
                $" superseded and still missing: {Number(report.SupersededMissing)}; "
                + "several rows have the id now, or the row has another id; run again");
        }

        if (report.Damaged > 0)
        {
            output.WriteLine($" damaged covers among those written: {Number(report.Damaged)}; list them with 'etl dead-letters --damaged'");
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $" {report.Elapsed.TotalSeconds:0.0} s, {PerSecond(report):#,0} covers/s, peak memory {peakMemory / 1e6:#,0} MB"));
        output.WriteLine($" {report.Verdict}");
    }

    /// <summary>Movies settled in a second of the run, those skipped aside: they cost next to nothing.</summary>
    public static double PerSecond(RunReport report) =>
        report.Elapsed > TimeSpan.Zero ? (report.Written + report.DeadLetters + report.Superseded) / report.Elapsed.TotalSeconds : 0;

    public static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("0.00", CultureInfo.InvariantCulture);

    private static void WriteRow(
        TextWriter output, string stage, string items, string failed, string p50, string p95, string p99, string busy, string full) =>
        output.WriteLine($" {stage,-9}{items,14}{failed,9}{p50,9}{p95,9}{p99,9}{busy,16}{full,14}");
}
