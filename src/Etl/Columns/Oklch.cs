using System.Runtime.Intrinsics;
using PaletteEtl.Palettes;

namespace PaletteEtl.Columns;

/// <summary>A colour in the polar form of OKLab.</summary>
/// <param name="Lightness">0 for black to 1 for white.</param>
/// <param name="Chroma">0 for grey; that of the most vivid colours of sRGB is 0.32.</param>
/// <param name="Hue">Degrees, from 0 to 360.</param>
internal readonly record struct Oklch(double Lightness, double Chroma, double Hue)
{
    public static Oklch Of(Rgb color)
    {
        Span<float> lab = stackalloc float[3];
        ToOklab(color, lab);
        return Of(lab[0], lab[1], lab[2]);
    }

    public static Oklch Of(double l, double a, double b)
    {
        double hue = Math.Atan2(b, a) * 180 / Math.PI;
        return new Oklch(l, Math.Sqrt((a * a) + (b * b)), hue < 0 ? hue + 360 : hue);
    }

    /// <summary>Writes L, a and b of a colour.</summary>
    public static void ToOklab(Rgb color, Span<float> lab)
    {
        (Vector256<float> l, Vector256<float> a, Vector256<float> b) = Oklab.Of(
            Vector256.Create(Channel(color.R)), Vector256.Create(Channel(color.G)), Vector256.Create(Channel(color.B)));
        (lab[0], lab[1], lab[2]) = (l[0], a[0], b[0]);
    }

    private static float Channel(byte value) => Oklab.Linear((double)value / byte.MaxValue);
}
