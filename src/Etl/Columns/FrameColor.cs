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
        var edge = new List<FrameColor>();
        Span<float> lab = stackalloc float[3];
        for (int i = 0; i < raster.Pixels.Length; i++)
        {
            (int x, int y) = (i % raster.Width, i / raster.Width);
            if (x == 0 || y == 0 || x == raster.Width - 1 || y == raster.Height - 1)
            {
                uint pixel = raster.Pixels[i];
                Oklch.ToOklab(new Rgb((byte)pixel, (byte)(pixel >> 8), (byte)(pixel >> 16)), lab);
                edge.Add(new FrameColor(lab[0], lab[1], lab[2]));
            }
        }

        var mean = new FrameColor(
            edge.Average(static color => color.L), edge.Average(static color => color.A), edge.Average(static color => color.B));
        return edge.Count(mean.IsNear) >= Most * edge.Count ? mean : null;
    }

    /// <summary>Whether a bin has the colour of the frame.</summary>
    public bool Has(int bin) => IsNear(new FrameColor(BinColors.L[bin], BinColors.A[bin], BinColors.B[bin]));

    private bool IsNear(FrameColor other)
    {
        float l = L - other.L, a = A - other.A, b = B - other.B;
        return (l * l) + (a * a) + (b * b) < Near * Near;
    }
}
