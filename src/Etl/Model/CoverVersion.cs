namespace PaletteEtl.Model;

/// <summary>What tells one version of a cover from another. Versions are the same when all of these are.</summary>
/// <param name="Size">The size in bytes; null where it is not known.</param>
/// <param name="Modified">The time of the last change; null where it is not known.</param>
/// <param name="ETag">The entity tag of the server; null where there is none.</param>
public sealed record CoverVersion(long? Size, DateTimeOffset? Modified, string? ETag);
