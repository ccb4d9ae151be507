using System.Runtime.Intrinsics;
using PaletteEtl.Covers.Formats;
using PaletteEtl.Covers.Formats.Avif;

namespace Etl.Tests.Covers;

public sealed class CodedColorsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 6)]
    [InlineData(1, 13)]
    [InlineData(1, 14)]
    [InlineData(2, 2)]
    public void Of_PrimariesOfSrgbWithACurveOfVideo_IsSrgb(int primaries, int transfer)
    {
        var colors = CodedColors.Of(new CodePoints(primaries, transfer));

        Assert.Null(colors.Matrix);
        Assert.Null(colors.Unconverted);
    }

    /// <summary>Linear sRGB of half red, by the matrices of ITU-R BT.2087 and of CSS Color 4.</summary>
    [Theory]
    [InlineData(9, 1.6605, -0.1246, -0.0182)]
    [InlineData(12, 1.2249, -0.0420, -0.0197)]
    public void Of_WidePrimaries_ConvertsByTheirMatrix(int primaries, double red, double green, double blue)
    {
        const float Half = 0.5f;
        var colors = CodedColors.Of(new CodePoints(primaries, 8));

        Vector128<float> converted = colors.Matrix!.Convert(Vector128.Create(Half * 255, Half * 255, Half * 255, 0));
        Vector128<float> ofRed = colors.Matrix.Convert(Vector128.Create(Half * 255, 0, 0, 0));

        double grey = 255 * Encoded(Half);
        Assert.All(Enumerable.Range(0, 3), channel => Assert.Equal(grey, converted[channel], 0.5)); // white stays white
        Assert.Equal([red, green, blue], new double[] { ofRed[0], ofRed[1], ofRed[2] }.Select(static value => Linear(value / 255)), IsNear);

        bool IsNear(double expected, double actual) => Math.Abs(Math.Clamp(expected * Half, 0, 1) - actual) < 0.004;
        static double Linear(double value) => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        static double Encoded(double value) => (1.055 * Math.Pow(value, 1 / 2.4)) - 0.055;
    }

    [Fact]
    public void CodePoints_NoBoxes_AreThoseOfSrgb()
    {
        Assert.Equal(CodePoints.Srgb, CodePoints.Of([]));
        Assert.Equal(CodePoints.Srgb, CodePoints.Of([0, 0, 0, 9, .. "meta"u8, 0]));
    }
}
