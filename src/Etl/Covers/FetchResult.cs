namespace PaletteEtl.Covers;

/// <summary>The result of a fetch: a cover, none, or the notice that the cover of an earlier failure has not changed.</summary>
public readonly record struct FetchResult
{
    private FetchResult(Cover? cover, CoverVersion? version, bool isUnchanged) => (Cover, Version, IsUnchanged) = (cover, version, isUnchanged);

    /// <summary>There is no cover.</summary>
    public static FetchResult None => default;

    /// <summary>The cover, the caller's to dispose; null when there is none or it has not changed.</summary>
    public Cover? Cover { get; }

    /// <summary>The version of the cover, where it is known.</summary>
    public CoverVersion? Version { get; }

    /// <summary>Whether the movie failed before with the same version of the cover, so that it is skipped.</summary>
    public bool IsUnchanged { get; }

    /// <summary>A cover that was read.</summary>
    public static FetchResult Of(Cover cover) => new(cover, cover.Version, isUnchanged: false);

    /// <summary>The cover has the version that failed before.</summary>
    public static FetchResult Unchanged(CoverVersion? version) => new(cover: null, version, isUnchanged: true);
}
