using PaletteEtl.Covers;
using PaletteEtl.Palettes;

namespace PaletteEtl.Columns;

/// <summary>A decoded cover and its palette, for the columns. Values that several columns need are computed once. Used by one thread.</summary>
/// <param name="cover">The cover, the caller's to dispose.</param>
/// <param name="palette">The palette of its row, which need not be that of today's settings.</param>
internal sealed class CoverFacts(DecodedCover cover, Palette palette) : IDisposable
{
    private ColorBins? _bins;
    private double[]? _shares;

    public Palette Palette => palette;

    /// <summary>The format and the size of the cover.</summary>
    public CoverDecoding Decoding => cover.Decoding;

    /// <summary>The very small picture; only for columns that need it.</summary>
    public Raster Raster => cover.Raster ?? throw new InvalidOperationException("A column needs the raster without saying so.");

    /// <summary>The pixels by colour.</summary>
    public ColorBins Bins => _bins ??= ColorBins.Of(cover.Histogram);

    /// <summary>The share of the pixels that each colour of the palette stands for.</summary>
    public IReadOnlyList<double> Shares => _shares ??= palette.HasPopulation
        ? [.. Enumerable.Range(0, palette.Count).Select(i => palette.Population(i))]
        : NearestShares.Of(palette, Bins);

    /// <summary>The colour of the palette that most pixels have.</summary>
    public Rgb Dominant => palette.Count == 0 ? default : palette[Enumerable.Range(0, palette.Count).MaxBy(i => Shares[i])];

    /// <summary>Returns the arrays of the bins to their pool.</summary>
    public void Dispose() => _bins?.Dispose();
}
