namespace PaletteEtl.Model;

/// <summary>Identifies a version of a cover. Two versions are equal when all their values are.</summary>
/// <param name="Size">The size in bytes; null where it is not known.</param>
/// <param name="Modified">The time of the last change; null where it is not known.</param>
/// <param name="ETag">The entity tag of the server; null where there is none.</param>
public sealed record CoverVersion(long? Size, DateTimeOffset? Modified, string? ETag);
