namespace Etl.Host.Bench;

/// <summary>What was measured.</summary>
/// <param name="Covers">How many covers.</param>
/// <param name="LeftOut">Covers that have no palette, or could not be had.</param>
/// <param name="Ways">Every way, with its measurements.</param>
internal sealed record BenchResult(int Covers, int LeftOut, IReadOnlyList<Way> Ways);
