namespace Etl.Host.Bench;

/// <summary>The result of a benchmark.</summary>
/// <param name="Covers">Number of covers.</param>
/// <param name="LeftOut">Number of covers that were left out: unreadable, or too large.</param>
/// <param name="Ways">Every way, with its measurements.</param>
internal sealed record BenchResult(int Covers, int LeftOut, IReadOnlyList<Way> Ways);
