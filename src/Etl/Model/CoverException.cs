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

    /// <summary>Why no cover can be read at the moment, as the end of a sentence, such as <c>the folder covers does not exist</c>; null when the
    /// failure concerns the movie alone. Movies of an outage are tried again after it.</summary>
    public string? Outage { get; init; }

    /// <summary>Whether the request reached its server, so that the failure may be the movie's own even during an outage.</summary>
    internal bool IsAnswered { get; init; }

    /// <summary>The file or the id that was probably meant, when the cover was not found; null if there is none.</summary>
    public string? NearMiss { get; init; }
}
