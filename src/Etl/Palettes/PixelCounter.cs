namespace PaletteEtl.Palettes;

/// <summary>Where the pixels of a cover are counted.</summary>
/// <param name="Histogram">Counts them by colour.</param>
/// <param name="Cells">Averages them for the sums of the histogram; null if it has none.</param>
/// <param name="Raster">Averages them to a very small picture; null if nobody needs that.</param>
internal readonly record struct PixelCounter(ColorHistogram Histogram, CellPicture? Cells, RasterBuilder? Raster)
{
    /// <summary>Begins a decoded picture.</summary>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="step">The distance of pixels counted by colour, from 1.</param>
    /// <param name="cellSide">Pixels of a side of a cell.</param>
    public PixelRows Begin(int width, int height, int step, int cellSide)
    {
        Cells?.Begin(width, height, cellSide);
        Raster?.Begin(width, height);
        return new PixelRows(this, width, step);
    }

    /// <summary>Sums the colours of the cells, once all rows are there.</summary>
    /// <param name="trimFrame">Whether the cells of a frame are left out.</param>
    /// <param name="profile">Converts the colours of the sums; null if they are as they should be.</param>
    public void Complete(bool trimFrame, ColorProfile? profile)
    {
        if (Cells is { } cells)
        {
            cells.Complete();
            CellFrame frame = trimFrame ? CellFrame.Of(cells) : default;
            for (int row = frame.Top; row < cells.Height - frame.Bottom; row++)
            {
                PixelSampler.Sum(cells.Row(row)[frame.Left..^frame.Right], first: 0, step: 1, Histogram);
            }
        }

        if (profile is not null)
        {
            Histogram.Convert(profile);
        }

        Histogram.Complete();
    }
}
