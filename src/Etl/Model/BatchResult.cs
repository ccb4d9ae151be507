
namespace PaletteEtl.Model;

/// <summary>How the movies of one batch, or of all so far, ended.</summary>
/// <param name="Written">Palettes written.</param>
/// <param name="DeadLetters">Failures stored.</param>
/// <param name="Superseded">Rows another program filled, changed or removed.</param>
/// <param name="Skipped">Movies left alone.</param>
/// <param name="Rejected">Those of the dead letters whose palette the database refused.</param>
/// <param name="Damaged">Those of the palettes written that were made of a damaged cover.</param>
internal readonly record struct BatchResult(
    long Written, long DeadLetters, long Superseded, long Skipped, long Rejected = 0, long Damaged = 0)
{
    /// <summary>Movies that have an outcome.</summary>
    public long Settled => Written + DeadLetters + Superseded + Skipped;

    public static BatchResult operator +(BatchResult result, Outcome outcome) => outcome.Kind switch
    {
        OutcomeKind.Written => result with
        {
            Written = result.Written + 1,
            Damaged = result.Damaged + (outcome.IsDamaged ? 1 : 0),
        },
        OutcomeKind.Superseded => result with { Superseded = result.Superseded + 1 },
        OutcomeKind.Skipped => result with { Skipped = result.Skipped + 1 },
        _ => result with
        {
            DeadLetters = result.DeadLetters + 1,
            Rejected = result.Rejected + (outcome.Failure is { Reason: FailureReason.Rejected } ? 1 : 0),
        },
    };

    public static BatchResult operator +(BatchResult left, BatchResult right) => new(
        left.Written + right.Written,
        left.DeadLetters + right.DeadLetters,
        left.Superseded + right.Superseded,
        left.Skipped + right.Skipped,
        left.Rejected + right.Rejected,
        left.Damaged + right.Damaged);
}
