using PaletteEtl.Pipeline;

namespace Etl.Host.Service;

/// <summary>How movies have ended since the service started.</summary>
internal readonly record struct ServiceTotals(long Written, long DeadLetters, long Superseded, long Skipped, long Damaged, long Current)
{
    /// <summary>Movies settled, other than those skipped.</summary>
    public long Settled => Written + DeadLetters + Superseded;

    public ServiceTotals With(RunReport run) => new(
        Written + run.Written,
        DeadLetters + run.DeadLetters,
        Superseded + run.Superseded,
        Skipped + run.Skipped,
        Damaged + run.Damaged,
        Current + run.Current);
}
