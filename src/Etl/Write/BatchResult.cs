namespace Etl.Write;

/// <summary>How the movies of one batch, or of all so far, ended.</summary>
internal readonly record struct BatchResult(long Written, long DeadLetters, long Superseded, long Skipped)
{
    public static BatchResult operator +(BatchResult left, BatchResult right) => new(
        left.Written + right.Written,
        left.DeadLetters + right.DeadLetters,
        left.Superseded + right.Superseded,
        left.Skipped + right.Skipped);
}
