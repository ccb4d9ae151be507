using System.Runtime.Intrinsics;
using PaletteEtl.Palettes;

namespace PaletteEtl.Columns;

/// <summary>The colours in the middle of the bins in OKLab, and their luminance. Computed once a process, 0.7 MiB.</summary>
internal static class BinColors
{
    /// <summary>Parts of the circle of hues, 10 degrees each.</summary>
    public const int Sectors = 36;

    private const int Planes = 5;

    private static readonly float[] Values = Compute();
    private static readonly byte[] SectorOf = ComputeSectors();

    public static ReadOnlySpan<float> L => Plane(0);

    public static ReadOnlySpan<float> A => Plane(1);

    public static ReadOnlySpan<float> B => Plane(2);

    /// <summary>The relative luminance of WCAG.</summary>
    public static ReadOnlySpan<float> Luminance => Plane(3);

    /// <summary>The chroma, which is 0 for grey.</summary>
    public static ReadOnlySpan<float> Chroma => Plane(4);

    /// <summary>The part of the circle of hues, from 0 below <see cref="Sectors"/>.</summary>
    public static ReadOnlySpan<byte> Sector => SectorOf;

    private static ReadOnlySpan<float> Plane(int index) => Values.AsSpan(index * ColorHistogram.Bins, ColorHistogram.Bins);

    private static float[] Compute()
    {
        float[] values = new float[Planes * ColorHistogram.Bins];
        float[] linear = [.. Enumerable.Range(0, ColorHistogram.Side).Select(static bin => Oklab.Linear(ColorBins.ColorOf(bin).B / 255.0))];
        for (int bin = 0; bin < ColorHistogram.Bins; bin++)
        {
            float red = linear[bin >> (2 * ColorHistogram.Bits)];
            float green = linear[(bin >> ColorHistogram.Bits) % ColorHistogram.Side];
            float blue = linear[bin % ColorHistogram.Side];
            (Vector256<float> l, Vector256<float> a, Vector256<float> b) =
                Oklab.Of(Vector256.Create(red), Vector256.Create(green), Vector256.Create(blue));
            values[bin] = l[0];
            values[ColorHistogram.Bins + bin] = a[0];
            values[(2 * ColorHistogram.Bins) + bin] = b[0];
            values[(3 * ColorHistogram.Bins) + bin] = (0.2126f * red) + (0.7152f * green) + (0.0722f * blue);
            values[(4 * ColorHistogram.Bins) + bin] = MathF.Sqrt((a[0] * a[0]) + (b[0] * b[0]));
        }

        return values;
    }

    private static byte[] ComputeSectors()
    {
        byte[] sectors = new byte[ColorHistogram.Bins];
        for (int bin = 0; bin < sectors.Length; bin++)
        {
            sectors[bin] = (byte)(Oklch.Of(L[bin], A[bin], B[bin]).Hue / 360 * Sectors % Sectors);
        }

        return sectors;
    }
}
