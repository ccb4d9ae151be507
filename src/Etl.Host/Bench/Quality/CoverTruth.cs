namespace Etl.Host.Bench.Quality;

/// <summary>The colours of a cover itself, against which palettes are measured.</summary>
/// <param name="Sample">The colours of the cover's pixels.</param>
/// <param name="Hues">The hues of its vivid families.</param>
internal sealed record CoverTruth(PixelSample Sample, IReadOnlyList<double> Hues)
{
    /// <summary>The colours of the sample in CIELAB.</summary>
    public IReadOnlyList<(CieLab Color, int Count)> Colors { get; } =
        [.. Sample.Counts.Select(static pixels => (CieLab.Of(pixels.Key), pixels.Value))];

    public static CoverTruth Of(FullSizeCover cover) => new(new PixelSample(cover), VividFamilies.HuesOf(cover));
}
