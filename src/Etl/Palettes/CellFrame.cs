namespace PaletteEtl.Palettes;

/// <summary>A frame of one colour around the content of a picture: its cells on each side.</summary>
/// <param name="Top">Rows above the content.</param>
/// <param name="Bottom">Rows below the content.</param>
/// <param name="Left">Columns to the left of the content.</param>
/// <param name="Right">Columns to the right of the content.</param>
internal readonly record struct CellFrame(int Top, int Bottom, int Left, int Right)
{
    /// <summary>Maximum difference of a channel between a cell and the first cell.</summary>
    private const int Near = 16;

    private const int ChannelBits = 8;

    /// <summary>Share of the cells below which a frame hardly changes a palette.</summary>
    private const double MinShare = 0.05;

    /// <summary>Share of the cells above which the picture is a small object on a background, which is not a frame.</summary>
    private const double MaxShare = 0.5;

    /// <summary>The frame of a complete picture; no cells if one of the four sides has none, or if it is too thin or too wide.</summary>
    public static CellFrame Of(CellPicture cells)
    {
        uint color = cells.Row(0)[0];
        int top = 0, bottom = 0, left = 0, right = 0;
        while (top < cells.Height && IsRow(cells, top, color))
        {
            top++;
        }

        while (top + bottom < cells.Height && IsRow(cells, cells.Height - 1 - bottom, color))
        {
            bottom++;
        }

        while (left < cells.Width && IsColumn(cells, left, color))
        {
            left++;
        }

        while (left + right < cells.Width && IsColumn(cells, cells.Width - 1 - right, color))
        {
            right++;
        }

        double content = (double)(cells.Height - top - bottom) * (cells.Width - left - right) / ((double)cells.Height * cells.Width);
        return Math.Min(Math.Min(top, bottom), Math.Min(left, right)) > 0 && 1 - content is >= MinShare and <= MaxShare
            ? new CellFrame(top, bottom, left, right)
            : default;
    }

    private static bool IsRow(CellPicture cells, int row, uint color)
    {
        foreach (uint cell in cells.Row(row))
        {
            if (!IsNear(cell, color))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsColumn(CellPicture cells, int column, uint color)
    {
        for (int row = 0; row < cells.Height; row++)
        {
            if (!IsNear(cells.Row(row)[column], color))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsNear(uint one, uint other)
    {
        for (int shift = 0; shift < 4 * ChannelBits; shift += ChannelBits)
        {
            if (Math.Abs((int)((one >> shift) & byte.MaxValue) - (int)((other >> shift) & byte.MaxValue)) > Near)
            {
                return false;
            }
        }

        return true;
    }
}
