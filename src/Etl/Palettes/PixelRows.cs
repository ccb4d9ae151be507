namespace PaletteEtl.Palettes;

/// <summary>Counts the pixels of a decoded picture, rows at a time in order from the top.</summary>
/// <param name="counter">Where they are counted.</param>
/// <param name="width">Pixels of a row.</param>
/// <param name="step">The distance of counted pixels, from 1, in row-major order over the whole picture.</param>
internal readonly struct PixelRows(PixelCounter counter, int width, int step)
{
    /// <summary>Counts the pixels of rows, the last of which may have fewer.</summary>
    /// <param name="pixels">Red, green, blue, alpha from the low byte up; alpha not multiplied in.</param>
    /// <param name="row">The first of the rows.</param>
    public void Add(ReadOnlySpan<uint> pixels, int row)
    {
        if (counter.Histogram.HasCounts)
        {
            int first = (int)((step - ((long)row * width % step)) % step);
            PixelSampler.Count(pixels, first, step, counter.Histogram);
        }

        counter.Cells?.Add(pixels, row);
        counter.Raster?.Add(pixels, row);
    }
}
