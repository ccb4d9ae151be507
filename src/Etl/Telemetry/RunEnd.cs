namespace PaletteEtl.Telemetry;

/// <summary>The end of a run, as instruments, spans and log lines record it.</summary>
/// <param name="Ending">How the run ended, in lower case.</param>
/// <param name="IsCompleted">Whether it read and settled every movie.</param>
/// <param name="Read">Movies read.</param>
/// <param name="Totals">The outcomes of these movies.</param>
/// <param name="SupersededMissing">Superseded movies whose palette is still missing.</param>
/// <param name="Elapsed">Time that the run took.</param>
/// <param name="Verdict">Which stage limited the run, in a sentence.</param>
/// <param name="Fault">The exception that ended the run; null when none did.</param>
internal readonly record struct RunEnd(
    string Ending, bool IsCompleted, long Read, BatchResult Totals, long SupersededMissing, TimeSpan Elapsed, string Verdict, Exception? Fault)
{
    /// <summary>Movies that were read and dropped.</summary>
    public long Abandoned => Read - Totals.Settled;
}
