using System.Runtime.InteropServices;
using Etl.Host.Bench;

namespace Etl.Host.Commands;

/// <summary>What <c>etl bench --json</c> prints: the machine, and every way with its measurements.</summary>
internal sealed record BenchJson(
    int Covers, int LeftOut, int Cores, string System, string Architecture, string Runtime, int Rounds, IEnumerable<BenchJson.WayJson> Ways)
{
    public static BenchJson Of(BenchResult result) => new(
        result.Covers,
        result.LeftOut,
        Environment.ProcessorCount,
        RuntimeInformation.OSDescription,
        RuntimeInformation.OSArchitecture.ToString(),
        RuntimeInformation.FrameworkDescription,
        BenchExecution.Rounds,
        result.Ways.Select(way => new WayJson(
            way.Mode.ToString(),
            way.Decoder,
            Math.Round(way.PaletteError, 3),
            SpeedJson.Of(way.OneCore),
            SpeedJson.Of(way.AllCores),
            SpeedJson.Of(way.Pipeline),
            Math.Round(way.AllCores.Against(way.OneCore), 3),
            Math.Round(way.Pipeline.Against(way.AllCores), 3),
            Math.Round(way.Pipeline.Against(result.Ways[0].Pipeline), 3))));

    internal sealed record WayJson(
        string Mode,
        string Decoder,
        double PaletteError,
        SpeedJson OneCore,
        SpeedJson AllCores,
        SpeedJson Pipeline,
        double AllCoresToOne,
        double PipelineToAllCores,
        double PipelineToFirst);

    /// <param name="CoversPerSecond">The median of the rounds.</param>
    /// <param name="CpuMilliseconds">A cover's, the median of the rounds.</param>
    /// <param name="Seconds">All rounds together.</param>
    internal sealed record SpeedJson(double CoversPerSecond, double CpuMilliseconds, double Seconds)
    {
        public static SpeedJson Of(Measurement measurement) => new(
            Math.Round(measurement.CoversPerSecond, 1),
            Math.Round(measurement.CpuMilliseconds, 3),
            Math.Round(measurement.Elapsed.TotalSeconds, 3));
    }
}
