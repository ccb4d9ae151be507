namespace PaletteEtl.Model;

/// <summary>The outcomes of the movies of one batch, or of all so far, counted.</summary>
public readonly record struct BatchResult
{
    /// <summary>Palettes written, missing ones and those made again.</summary>
    public long Written { get; init; }

    /// <summary>Movies whose failure was stored.</summary>
    public long DeadLetters { get; init; }

    /// <summary>Movies whose row another program filled, changed or removed.</summary>
    public long Superseded { get; init; }

    /// <summary>Movies left alone because they failed before and their cover has not changed.</summary>
    public long Skipped { get; init; }

    /// <summary>Movies whose palette is current.</summary>
    public long Current { get; init; }

    /// <summary>Movies among <see cref="DeadLetters"/> whose palette the database refused.</summary>
    public long Rejected { get; init; }

    /// <summary>Palettes among <see cref="Written"/> that were made of a damaged cover.</summary>
    public long Damaged { get; init; }

    /// <summary>Movies that have an outcome.</summary>
    public long Settled => Written + DeadLetters + Superseded + Skipped + Current;

    /// <summary>Counts outcomes.</summary>
    /// <param name="outcomes">The outcome of each movie of a batch.</param>
    public static BatchResult Of(ReadOnlySpan<Outcome> outcomes)
    {
        BatchResult sums = default;
        foreach (Outcome outcome in outcomes)
        {
            sums += outcome switch
            {
                { Kind: OutcomeKind.Written } => new() { Written = 1, Damaged = outcome.IsDamaged ? 1 : 0 },
                { Kind: OutcomeKind.Superseded } => new() { Superseded = 1 },
                { Kind: OutcomeKind.Skipped } => new() { Skipped = 1 },
                { Kind: OutcomeKind.Current } => new() { Current = 1 },
                _ => new() { DeadLetters = 1, Rejected = outcome.Failure is { Reason: FailureReason.Rejected } ? 1 : 0 },
            };
        }

        return sums;
    }

    /// <summary>The sum of two results.</summary>
    public static BatchResult operator +(BatchResult left, BatchResult right) => new()
    {
        Written = left.Written + right.Written,
        DeadLetters = left.DeadLetters + right.DeadLetters,
        Superseded = left.Superseded + right.Superseded,
        Skipped = left.Skipped + right.Skipped,
        Current = left.Current + right.Current,
        Rejected = left.Rejected + right.Rejected,
        Damaged = left.Damaged + right.Damaged,
    };
}
