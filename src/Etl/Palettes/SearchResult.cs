
namespace PaletteEtl.Palettes;

/// <summary>The result of a search.</summary>
/// <param name="IsKnown">Whether a movie has the requested id.</param>
/// <param name="Palette">The movie's palette; null when it is missing or unreadable.</param>
/// <param name="Movies">The movies with the nearest palettes, the nearest first.</param>
/// <param name="Settings">The settings that the movie's palette was made with; null if unknown.</param>
internal sealed record SearchResult(bool IsKnown, Palette? Palette, IReadOnlyList<SimilarMovie> Movies, string? Settings = null)
{
    /// <summary>Whether the palette of a movie was made with other settings, so that its distance means little.</summary>
    public bool HasOtherSettings(SimilarMovie movie) => Settings is not null && movie.Settings is not null && movie.Settings != Settings;
}
