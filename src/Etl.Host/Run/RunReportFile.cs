using System.Text.Json;
using Etl.Pipeline;

namespace Etl.Host.Run;

/// <summary>Writes a run's report as JSON, times in seconds.</summary>
internal static class RunReportFile
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    /// <exception cref="UserException">It is a folder, or in one that does not exist.</exception>
    public static void ThrowIfUnwritable(FileInfo file)
    {
        if (Directory.Exists(file.FullName))
        {
            throw new UserException(ExitCodes.Refused, $"--report {file} is a folder; name a file.");
        }

        if (file.Directory is not { Exists: true })
        {
            throw new UserException(ExitCodes.Refused, $"--report {file} is in a folder that does not exist.");
        }
    }

    public static void Write(FileInfo file, RunReport report, bool dryRun, long peakMemory)
    {
        string json = JsonSerializer.Serialize(Shape(report, dryRun, peakMemory), Indented) + Environment.NewLine;
        if (IsNotReplaceable(file))
        {
            File.WriteAllText(file.FullName, json);
            return;
        }

        // Under its final name a report is always whole.
        string partial = file.FullName + ".partial";
        File.WriteAllText(partial, json);
        File.Move(partial, file.FullName, overwrite: true);
    }

    /// <summary>A link or a device, such as <c>/dev/stdout</c>, is written to; a file moved there would take its place.</summary>
    private static bool IsNotReplaceable(FileInfo file) =>
        file.LinkTarget is not null || file.FullName.StartsWith("/dev/", StringComparison.Ordinal);

    private static object Shape(RunReport report, bool dryRun, long peakMemory) => new
    {
        Ending = JsonNamingPolicy.CamelCase.ConvertName(report.Ending.ToString()),
        DryRun = dryRun,
        report.Read,
        report.Written,
        report.DeadLetters,
        report.Superseded,
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
