using PaletteEtl.Palettes;

namespace PaletteEtl.Columns;

/// <summary>The colour of a frame around the cover: most of the outermost pixels have nearly the same.</summary>
internal readonly record struct FrameColor(float L, float A, float B)
{
    private const double Most = 0.8;
    private const float Near = 0.06f;

    /// <summary>The colour of the frame; null when there is none.</summary>
    public static FrameColor? Of(Raster raster)
    {
        Span<FrameColor> edge = stackalloc FrameColor[4 * Raster.MaxSide];
        int count = 0;
        for (int y = 0; y < raster.Height; y++)
        {
            bool isWhole = y == 0 || y == raster.Height - 1;
            for (int x = 0; x < raster.Width; x += isWhole ? 1 : Math.Max(1, raster.Width - 1))
            {
                edge[count++] = ColorOf(raster.Pixels[(y * raster.Width) + x]);
            }
        }

        edge = edge[..count];
        FrameColor mean = MeanOf(edge);
        int near = 0;
        foreach (FrameColor color in edge)
        {
            near += mean.IsNear(color) ? 1 : 0;
        }

        return near >= Most * count ? mean : null;
    }

    /// <summary>Whether a bin has the colour of the frame.</summary>
    public bool Has(int bin) => IsNear(new FrameColor(BinColors.L[bin], BinColors.A[bin], BinColors.B[bin]));

    private static FrameColor ColorOf(uint pixel)
    {
        (float l, float a, float b) = Oklch.ToOklab(new Rgb((byte)pixel, (byte)(pixel >> 8), (byte)(pixel >> 16)));
        return new FrameColor(l, a, b);
    }

    private static FrameColor MeanOf(ReadOnlySpan<FrameColor> colors)
    {
        (float l, float a, float b) = (0, 0, 0);
        foreach (FrameColor color in colors)
        {
            (l, a, b) = (l + color.L, a + color.A, b + color.B);
        }

        return new FrameColor(l / colors.Length, a / colors.Length, b / colors.Length);
    }

    private bool IsNear(FrameColor other)
    {
        float l = L - other.L, a = A - other.A, b = B - other.B;
        return (l * l) + (a * a) + (b * b) < Near * Near;
    }
}
