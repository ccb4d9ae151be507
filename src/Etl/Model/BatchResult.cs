namespace PaletteEtl.Model;

/// <summary>How the movies of one batch, or of all so far, ended.</summary>
/// <param name="Written">Palettes written.</param>
/// <param name="DeadLetters">Failures stored.</param>
/// <param name="Superseded">Rows another program filled, changed or removed.</param>
/// <param name="Skipped">Movies left alone.</param>
/// <param name="Rejected">Those of the dead letters whose palette the database refused.</param>
/// <param name="Damaged">Those of the palettes written that were made of a damaged cover.</param>
/// <param name="Current">Movies whose palette is current.</param>
public readonly record struct BatchResult(
    long Written, long DeadLetters, long Superseded, long Skipped, long Rejected = 0, long Damaged = 0, long Current = 0)
{
    /// <summary>Movies that have an outcome.</summary>
    public long Settled => Written + DeadLetters + Superseded + Skipped + Current;

    /// <summary>The sums of outcomes.</summary>
    public static BatchResult Of(ReadOnlySpan<Outcome> outcomes)
    {
        BatchResult sums = default;
        foreach (Outcome outcome in outcomes)
        {
            sums += outcome switch
            {
                { Kind: OutcomeKind.Written } => new(1, 0, 0, 0, Damaged: outcome.IsDamaged ? 1 : 0),
                { Kind: OutcomeKind.Superseded } => new(0, 0, 1, 0),
                { Kind: OutcomeKind.Skipped } => new(0, 0, 0, 1),
                { Kind: OutcomeKind.Current } => new(0, 0, 0, 0, Current: 1),
                _ => new(0, 1, 0, 0, Rejected: outcome.Failure is { Reason: FailureReason.Rejected } ? 1 : 0),
            };
        }

        return sums;
    }

    /// <summary>The results of two batches together.</summary>
    public static BatchResult operator +(BatchResult left, BatchResult right) => new(
        left.Written + right.Written,
        left.DeadLetters + right.DeadLetters,
        left.Superseded + right.Superseded,
        left.Skipped + right.Skipped,
        left.Rejected + right.Rejected,
        left.Damaged + right.Damaged,
        left.Current + right.Current);
}
