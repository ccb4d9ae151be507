namespace PaletteEtl.Palettes;

/// <summary>Where the pixels of a cover are counted.</summary>
/// <param name="Histogram">Counts them by colour.</param>
/// <param name="Raster">Averages them by area; null if nobody needs that.</param>
internal readonly record struct PixelCounter(ColorHistogram Histogram, RasterBuilder? Raster)
{
    /// <summary>Begins a decoded picture.</summary>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="step">The distance of pixels counted by colour, from 1.</param>
    public PixelRows Begin(int width, int height, int step)
    {
        Raster?.Begin(width, height);
        return new PixelRows(this, width, step);
    }
}
