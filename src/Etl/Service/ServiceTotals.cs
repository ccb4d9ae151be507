using PaletteEtl.Pipeline;

namespace PaletteEtl.Service;

/// <summary>How movies have ended since the service started.</summary>
public readonly record struct ServiceTotals
{
    /// <summary>Movies read from the catalogue.</summary>
    public long Read { get; init; }

    /// <summary>Palettes written, missing ones and those made again.</summary>
    public long Written { get; init; }

    /// <summary>Movies whose failure was stored.</summary>
    public long DeadLetters { get; init; }

    /// <summary>Movies among <see cref="DeadLetters"/> that had a dead letter before.</summary>
    public long FailedAgain { get; init; }

    /// <summary>Movies whose row another program filled, changed or removed meanwhile.</summary>
    public long Superseded { get; init; }

    /// <summary>Movies left alone because they failed before and their cover has not changed.</summary>
    public long Skipped { get; init; }

    /// <summary>Palettes among <see cref="Written"/> that were made of a damaged cover.</summary>
    public long Damaged { get; init; }

    /// <summary>Movies whose palette was to be made again if their cover had changed, which it has not.</summary>
    public long Current { get; init; }

    /// <summary>Movies that had a dead letter before and have a palette now.</summary>
    internal long Recovered { get; init; }

    /// <summary>Movies settled, other than those skipped and those whose palette is current.</summary>
    internal long Settled => Written + DeadLetters + Superseded;

    /// <summary>Movies that have failed for the first time.</summary>
    internal long NewFailures => DeadLetters - FailedAgain;

    /// <summary>Movies settled for the first time.</summary>
    internal long Progress => Settled - FailedAgain;

    internal ServiceTotals With(RunReport run) => new()
    {
        Read = Read + run.Read,
        Written = Written + run.Written,
        DeadLetters = DeadLetters + run.DeadLetters,
        FailedAgain = FailedAgain + run.FailedAgain,
        Recovered = Recovered + run.Recovered,
        Superseded = Superseded + run.Superseded,
        Skipped = Skipped + run.Skipped,
        Damaged = Damaged + run.Damaged,
        Current = Current + run.Current,
    };
}
