namespace PaletteEtl.Model;

/// <summary>The ways a movie that reaches the sink can end.</summary>
public enum OutcomeKind
{
    /// <summary>A palette was written.</summary>
    Written,

    /// <summary>The movie failed, and the failure is stored.</summary>
    DeadLetter,

    /// <summary>Another program filled, changed or removed the row first.</summary>
    Superseded,

    /// <summary>The movie failed before, and its cover is unchanged.</summary>
    Skipped,

    /// <summary>The cover of a palette that may be stale is unchanged.</summary>
    Current,
}
