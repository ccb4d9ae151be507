using System.Text.Json;
using Etl.Host.Outputs;
using PaletteEtl.Pipeline;

namespace Etl.Host.Run;

/// <summary>Writes a run's report as JSON, times in seconds.</summary>
internal static class RunReportFile
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    public static void Write(OutputFile file, RunReport report, bool dryRun, long peakMemory) =>
        file.Write(JsonSerializer.Serialize(Shape(report, dryRun, peakMemory), Indented) + Environment.NewLine);

    private static object Shape(RunReport report, bool dryRun, long peakMemory) => new
    {
        Ending = JsonNamingPolicy.CamelCase.ConvertName(report.Ending.ToString()),
        DryRun = dryRun,
        report.Read,
        report.Written,
        report.Damaged,
        report.DeadLetters,
        report.Superseded,
        report.SupersededMissing,
        report.Skipped,
        report.Abandoned,
        Seconds = report.Elapsed.TotalSeconds,
        CoversPerSecond = RunSummary.PerSecond(report),
        PeakMemoryBytes = peakMemory,
        report.Verdict,
        Stages = report.Stages.Select(stage => new
        {
            stage.Name,
            stage.Workers,
            stage.Capacity,
            stage.Items,
            stage.Failures,
            P50Seconds = stage.P50.TotalSeconds,
            P95Seconds = stage.P95.TotalSeconds,
            P99Seconds = stage.P99.TotalSeconds,
            LongestSeconds = stage.Longest.TotalSeconds,
            BusySeconds = stage.Busy.TotalSeconds,
            BlockedSeconds = stage.Blocked.TotalSeconds,
            StarvedSeconds = stage.Starved.TotalSeconds,
            stage.MeanFill,
        }),
    };
}
