namespace Etl.Write;

/// <summary>How the movies of one batch, or of all so far, ended.</summary>
/// <param name="Written">Palettes written.</param>
/// <param name="DeadLetters">Failures stored.</param>
/// <param name="Superseded">Rows another program filled, changed or removed.</param>
/// <param name="Skipped">Movies left alone.</param>
/// <param name="Rejected">Those of the dead letters whose palette the database refused.</param>
internal readonly record struct BatchResult(long Written, long DeadLetters, long Superseded, long Skipped, long Rejected = 0)
{
    public static BatchResult operator +(BatchResult left, BatchResult right) => new(
        left.Written + right.Written,
        left.DeadLetters + right.DeadLetters,
        left.Superseded + right.Superseded,
        left.Skipped + right.Skipped,
        left.Rejected + right.Rejected);
}
