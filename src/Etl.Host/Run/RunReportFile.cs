using System.Text.Json;
using Etl.Host.Json;
using Etl.Host.Outputs;
using PaletteEtl.Pipeline;

namespace Etl.Host.Run;

/// <summary>Writes the report of a run as JSON.</summary>
internal static class RunReportFile
{
    public static void Write(OutputFile file, RunReport report, bool dryRun, long peakMemory) => file.Write(
        JsonSerializer.Serialize(new RunReportJson(report, dryRun, peakMemory), EtlJson.Indented.RunReportJson) + Environment.NewLine);
}
