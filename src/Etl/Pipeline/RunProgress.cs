namespace PaletteEtl.Pipeline;

/// <summary>The progress of a run at one moment.</summary>
/// <param name="Report">The totals so far; the last progress of a run has its ending.</param>
/// <param name="Total">Movies whose palette was missing when the run began; null until they are counted.</param>
/// <param name="TimeLeft">Estimated time left at the average speed; null when it is unknown.</param>
public sealed record RunProgress(RunReport Report, long? Total, TimeSpan? TimeLeft);
