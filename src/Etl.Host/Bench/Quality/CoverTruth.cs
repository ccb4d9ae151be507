namespace Etl.Host.Bench.Quality;

/// <summary>What is known of a cover without any palette: what palettes are measured against.</summary>
/// <param name="Sample">The colours of the cover's pixels.</param>
/// <param name="Hues">The hues of its vivid families.</param>
internal sealed record CoverTruth(PixelSample Sample, IReadOnlyList<double> Hues)
{
    public static CoverTruth Of(FullSizeCover cover) => new(new PixelSample(cover), VividFamilies.HuesOf(cover));
}
