using PaletteEtl.Pipeline;

namespace Etl.Host.Service;

/// <summary>How movies have ended since the service started.</summary>
internal readonly record struct ServiceTotals(
    long Read, long Written, long DeadLetters, long FailedAgain, long Superseded, long Skipped, long Damaged, long Current)
{
    /// <summary>Movies settled, other than those skipped.</summary>
    public long Settled => Written + DeadLetters + Superseded;

    /// <summary>Movies that have failed for the first time.</summary>
    public long NewFailures => DeadLetters - FailedAgain;

    /// <summary>Movies settled, other than those skipped and those that have failed again.</summary>
    public long Progress => Settled - FailedAgain;

    public ServiceTotals With(RunReport run) => new(
        Read + run.Read,
        Written + run.Written,
        DeadLetters + run.DeadLetters,
        FailedAgain + run.FailedAgain,
        Superseded + run.Superseded,
        Skipped + run.Skipped,
        Damaged + run.Damaged,
        Current + run.Current);
}
