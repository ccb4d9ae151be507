namespace PaletteEtl.Model;

/// <summary>A cover that yields no palette, and why. It concerns one movie; the run goes on.</summary>
public sealed class CoverException : Exception
{
    /// <summary>A failure with its reason and a message of one sentence.</summary>
    public CoverException(FailureReason reason, string message, Exception? cause = null)
        : base(message, cause) => Reason = reason;

    /// <summary>Why there is no palette.</summary>
    public FailureReason Reason { get; }

    /// <summary>The cover's version; null where it was not known when the cover failed.</summary>
    public CoverVersion? Version { get; init; }

    /// <summary>The file or the id that was probably meant, when the cover was not found; null if there is none.</summary>
    public string? NearMiss { get; init; }
}
