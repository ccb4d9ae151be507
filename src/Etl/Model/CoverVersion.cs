namespace PaletteEtl.Model;

/// <summary>What tells one version of a cover from another.</summary>
/// <param name="Size">Bytes, where known.</param>
/// <param name="Modified">When it was last changed, where known.</param>
/// <param name="ETag">The server's tag, where there is one.</param>
internal sealed record CoverVersion(long? Size, DateTimeOffset? Modified, string? ETag);
