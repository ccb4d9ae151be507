using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PaletteEtl.Palettes;

/// <summary>OKLab, a colour space whose distances are as an eye sees them. White is 1 from black.</summary>
/// <remarks>Björn Ottosson, "A perceptual color space for image processing", 2020, https://bottosson.github.io/posts/oklab/.</remarks>
internal static class Oklab
{
    /// <summary>The weight of a and b in a distance: with it distances fit measured colour differences (2.016 on COMBVD, 2.045 on
    /// OSA-UCS).</summary>
    /// <remarks>Björn Ottosson, 2021, in the comments on his article.</remarks>
    public const float ChromaWeight = 2;

    /// <summary>A channel of sRGB, from 0 to 1, without its gamma.</summary>
    public static float Linear(double value) =>
        (float)(value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4));

    /// <summary>Eight colours of linear sRGB in OKLab.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<float> L, Vector256<float> A, Vector256<float> B) Of(
        Vector256<float> red, Vector256<float> green, Vector256<float> blue)
    {
        Vector256<float> l = CubeRoot((0.4122214708f * red) + (0.5363325363f * green) + (0.0514459929f * blue));
        Vector256<float> m = CubeRoot((0.2119034982f * red) + (0.6806995451f * green) + (0.1073969566f * blue));
        Vector256<float> s = CubeRoot((0.0883024619f * red) + (0.2817188376f * green) + (0.6299787005f * blue));
        return (
            (0.2104542553f * l) + (0.7936177850f * m) - (0.0040720468f * s),
            (1.9779984951f * l) - (2.4285922050f * m) + (0.4505937099f * s),
            (0.0259040371f * l) + (0.7827717662f * m) - (0.8086757660f * s));
    }

    /// <summary>The colour of 8 bits a channel that is nearest, channel by channel.</summary>
    public static Rgb ToRgb(double lightness, double a, double b)
    {
        double l = Cube(lightness + (0.3963377774 * a) + (0.2158037573 * b));
        double m = Cube(lightness - (0.1055613458 * a) - (0.0638541728 * b));
        double s = Cube(lightness - (0.0894841775 * a) - (1.2914855480 * b));
        return new(
            Channel((4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s)),
            Channel((-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s)),
            Channel((-0.0041960863 * l) - (0.7034186147 * m) + (1.7076147010 * s)));
    }

    /// <summary>From a third of the exponent, two steps of Halley's method, each of which triples the digits that are right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> CubeRoot(Vector256<float> value)
    {
        const float Bias = 709_921_077; // two thirds of the exponent's bias, as the bits of a float have it
        Vector256<float> bits = Vector256.ConvertToSingle(value.AsInt32());
        Vector256<float> root = Vector256.ConvertToInt32((bits / 3) + Vector256.Create(Bias)).AsSingle();
        for (int step = 0; step < 2; step++)
        {
            Vector256<float> cube = root * root * root;
            root *= (cube + value + value) / (cube + cube + value);
        }

        return root;
    }

    private static double Cube(double value) => value * value * value;

    /// <summary>A channel of sRGB, from 0 to 1, of its linear value, which is clipped to the same range.</summary>
    public static double Gamma(double linear) =>
        Math.Clamp(linear <= 0.0031308 ? linear * 12.92 : (1.055 * Math.Pow(linear, 1 / 2.4)) - 0.055, 0, 1);

    /// <summary>A mean of colours may lie a little outside of sRGB.</summary>
    private static byte Channel(double linear) => (byte)Math.Round(Gamma(linear) * byte.MaxValue);
}
