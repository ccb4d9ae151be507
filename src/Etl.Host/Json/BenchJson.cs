using System.Runtime.InteropServices;
using Etl.Host.Bench;

namespace Etl.Host.Json;

/// <summary>The result of <c>etl bench --json</c>.</summary>
internal sealed class BenchJson(BenchResult result)
{
    public int Covers => result.Covers;

    public int LeftOut => result.LeftOut;

    public int Cores { get; } = Environment.ProcessorCount;

    public string System { get; } = RuntimeInformation.OSDescription;

    public string Architecture { get; } = RuntimeInformation.OSArchitecture.ToString();

    public string Runtime { get; } = RuntimeInformation.FrameworkDescription;

    public int Rounds { get; } = BenchExecution.Rounds;

    public IEnumerable<WayJson> Ways => result.Ways.Select(way => new WayJson(way, result.Ways[0]));
}

/// <summary>An algorithm with a decoder, measured.</summary>
internal sealed class WayJson(Way way, Way first)
{
    public string Mode => way.Mode.ToString();

    public string Decoder => way.Decoder;

    public double PaletteError => Math.Round(way.PaletteError, 3);

    public SpeedJson OneCore => new(way.OneCore);

    public SpeedJson AllCores => new(way.AllCores);

    public SpeedJson Pipeline => new(way.Pipeline);

    public double AllCoresToOne => Math.Round(way.AllCores.Against(way.OneCore), 3);

    public double PipelineToAllCores => Math.Round(way.Pipeline.Against(way.AllCores), 3);

    public double PipelineToFirst => Math.Round(way.Pipeline.Against(first.Pipeline), 3);
}

/// <summary>A measurement: medians of the rounds, except the time.</summary>
internal sealed class SpeedJson(Measurement measurement)
{
    public double CoversPerSecond => Math.Round(measurement.CoversPerSecond, 1);

    /// <summary>The CPU time of a cover.</summary>
    public double CpuSeconds => Math.Round(measurement.CpuMilliseconds / 1_000, 6);

    /// <summary>The time of all rounds together.</summary>
    public double ElapsedSeconds => Math.Round(measurement.Elapsed.TotalSeconds, 3);
}
