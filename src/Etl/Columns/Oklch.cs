using System.Runtime.Intrinsics;
using PaletteEtl.Palettes;

namespace PaletteEtl.Columns;

/// <summary>A colour in the polar form of OKLab.</summary>
/// <param name="Lightness">0 for black to 1 for white.</param>
/// <param name="Chroma">0 for grey; that of the most vivid colours of sRGB is 0.32.</param>
/// <param name="Hue">Degrees, from 0 to 360.</param>
internal readonly record struct Oklch(double Lightness, double Chroma, double Hue)
{
    private static readonly float[] Linear = [.. Enumerable.Range(0, 256).Select(static value => Oklab.Linear(value / 255.0))];

    public static Oklch Of(Rgb color)
    {
        (float l, float a, float b) = ToOklab(color);
        return Of(l, a, b);
    }

    public static Oklch Of(double l, double a, double b)
    {
        double hue = Math.Atan2(b, a) * 180 / Math.PI;
        return new Oklch(l, Math.Sqrt((a * a) + (b * b)), hue < 0 ? hue + 360 : hue);
    }

    /// <summary>A colour in OKLab itself.</summary>
    public static (float L, float A, float B) ToOklab(Rgb color)
    {
        (Vector256<float> l, Vector256<float> a, Vector256<float> b) = Oklab.Of(
            Vector256.Create(Linear[color.R]), Vector256.Create(Linear[color.G]), Vector256.Create(Linear[color.B]));
        return (l[0], a[0], b[0]);
    }
}
