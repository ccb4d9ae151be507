namespace PaletteEtl.Model;

/// <summary>The ways a movie that reaches the sink can end.</summary>
public enum OutcomeKind
{
    /// <summary>Its palette was missing and is now there, or was made again.</summary>
    Written,

    /// <summary>It failed, and the failure is stored.</summary>
    DeadLetter,

    /// <summary>Its row had been filled, changed or removed by another program.</summary>
    Superseded,

    /// <summary>It failed before, and its cover has not changed since.</summary>
    Skipped,

    /// <summary>Its palette was to be made again if its cover had changed, which it has not.</summary>
    Current,
}
