using PaletteEtl.Columns;
using PaletteEtl.Palettes;

namespace Etl.Host.Bench;

/// <summary>A colour in OKLab times 100: white is 100 from black.</summary>
internal readonly record struct OklabColor(double L, double A, double B)
{
    private const double Scale = 100;

    public static OklabColor Of(Rgb color)
    {
        (float l, float a, float b) = Oklch.ToOklab(color);
        return new OklabColor(Scale * l, Scale * a, Scale * b);
    }

    /// <summary>The distance of two colours.</summary>
    /// <param name="other">The other colour.</param>
    /// <param name="chromaWeight">The factor of a and b.</param>
    public double DistanceTo(OklabColor other, double chromaWeight = 1)
    {
        (double l, double a, double b) = (L - other.L, chromaWeight * (A - other.A), chromaWeight * (B - other.B));
        return Math.Sqrt((l * l) + (a * a) + (b * b));
    }
}
