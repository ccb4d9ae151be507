using System.Runtime.Intrinsics;
using CsCheck;
using PaletteEtl.Palettes;

namespace Etl.Tests.Palettes;

public sealed class OklabTests
{
    /// <summary>Values of Ottosson's own implementation.</summary>
    [Theory]
    [InlineData(255, 255, 255, 1, 0, 0)]
    [InlineData(0, 0, 0, 0, 0, 0)]
    [InlineData(255, 0, 0, 0.6280, 0.2249, 0.1258)]
    [InlineData(0, 255, 0, 0.8664, -0.2339, 0.1795)]
    [InlineData(0, 0, 255, 0.4520, -0.0325, -0.3115)]
    public void Of_KnownColour_IsAsPublished(byte red, byte green, byte blue, double l, double a, double b)
    {
        (double L, double A, double B) lab = Of(new Rgb(red, green, blue));

        Assert.Equal(l, lab.L, tolerance: 1e-4);
        Assert.Equal(a, lab.A, tolerance: 1e-4);
        Assert.Equal(b, lab.B, tolerance: 1e-4);
    }

    [Fact]
    public void ToRgb_OfAnyColour_IsThatColour() => Gen.Select(Gen.Byte, Gen.Byte, Gen.Byte).Sample(
        (red, green, blue) =>
        {
            (double l, double a, double b) = Of(new Rgb(red, green, blue));
            return Oklab.ToRgb(l, a, b) == new Rgb(red, green, blue);
        },
        iter: 100_000);

    [Fact]
    public void ToRgb_BeyondTheColoursThereAre_IsTheNearest()
    {
        Assert.Equal(new Rgb(255, 255, 255), Oklab.ToRgb(1.2, 0, 0));
        Assert.Equal(new Rgb(0, 0, 0), Oklab.ToRgb(-0.1, 0, 0));
    }

    private static (double L, double A, double B) Of(Rgb color)
    {
        static Vector256<float> Linear(byte channel) => Vector256.Create(Oklab.Linear(channel / 255.0));
        (Vector256<float> l, Vector256<float> a, Vector256<float> b) = Oklab.Of(Linear(color.R), Linear(color.G), Linear(color.B));
        return (l[0], a[0], b[0]);
    }
}
