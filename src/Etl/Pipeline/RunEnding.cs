namespace PaletteEtl.Pipeline;

/// <summary>How a run ended.</summary>
public enum RunEnding
{
    /// <summary>It has not.</summary>
    Running,

    /// <summary>Every movie whose palette was missing was read, and every one read was settled.</summary>
    Completed,

    /// <summary>Reading stopped on request; every movie read was settled.</summary>
    Drained,

    /// <summary>It stopped at once on request; movies in flight were dropped.</summary>
    Aborted,

    /// <summary>An error ended it; movies in flight were dropped.</summary>
    Faulted,
}
