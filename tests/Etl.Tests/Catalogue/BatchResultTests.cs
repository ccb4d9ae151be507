using PaletteEtl.Model;

namespace Etl.Tests.Catalogue;

public sealed class BatchResultTests
{
    private static readonly BatchResult Totals =
        new() { Written = 1, DeadLetters = 20, Superseded = 300, Skipped = 4_000, Current = 50_000, Rejected = 5, Damaged = 6 };

    [Fact]
    public void Settled_OfAllOutcomes_IsTheirSum() => Assert.Equal(54_321, Totals.Settled);

    [Fact]
    public void Add_Batches_SumsEachOutcome() => Assert.Equal(
        new() { Written = 2, DeadLetters = 40, Superseded = 600, Skipped = 8_000, Current = 100_000, Rejected = 10, Damaged = 12 },
        Totals + Totals);

    [Fact]
    public void Of_Outcomes_CountsEachAsItsKind()
    {
        static BatchResult With(OutcomeKind kind, FailureReason? reason = null, bool isDamaged = false) =>
            Totals + BatchResult.Of([new Outcome(kind, reason is { } known ? Of(known) : null, isDamaged)]);

        static Failure Of(FailureReason reason) => new("decode", reason, "It failed.", Version: null);

        Assert.Equal(Totals with { Written = 2 }, With(OutcomeKind.Written));
        Assert.Equal(Totals with { Written = 2, Damaged = 7 }, With(OutcomeKind.Written, isDamaged: true));
        Assert.Equal(Totals with { Superseded = 301 }, With(OutcomeKind.Superseded));
        Assert.Equal(Totals with { Skipped = 4_001 }, With(OutcomeKind.Skipped));
        Assert.Equal(Totals with { Current = 50_001 }, With(OutcomeKind.Current));
        Assert.Equal(Totals with { DeadLetters = 21 }, With(OutcomeKind.DeadLetter, FailureReason.Corrupt));
        Assert.Equal(Totals with { DeadLetters = 21, Rejected = 6 }, With(OutcomeKind.DeadLetter, FailureReason.Rejected));
    }
}
