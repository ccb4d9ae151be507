namespace PaletteEtl.Covers;

/// <summary>The place of a movie's cover at a location, or the reason why the location has none for the movie.</summary>
internal readonly record struct CoverPlace
{
    private CoverPlace(string? path, FailureReason reason, string? absence) => (Path, Reason, Absence) = (path, reason, absence);

    /// <summary>The path or URL; null when there is none.</summary>
    public string? Path { get; }

    /// <summary>The reason when there is none: <see cref="FailureReason.NotFound"/>, or that of an id or a location which is refused.</summary>
    public FailureReason Reason { get; }

    /// <summary>Why there is none: for a refusal a sentence, otherwise a remark.</summary>
    public string? Absence { get; }

    /// <summary>Whether the movie's data is refused.</summary>
    public bool IsRefused => Path is null && Reason != FailureReason.NotFound;

    public static CoverPlace At(string path) => new(path, default, absence: null);

    /// <summary>The movie has no cover at the location.</summary>
    public static CoverPlace None(string remark) => new(path: null, FailureReason.NotFound, remark);

    public static CoverPlace Refused(FailureReason reason, string sentence) => new(path: null, reason, sentence);
}
