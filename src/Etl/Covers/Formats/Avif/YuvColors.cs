using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PaletteEtl.Covers.Formats.Avif;

/// <summary>Converts frames to red, green and blue with the numbers and the rounding of libheif, so that a cover has the same pixels whichever
/// decodes it. The upper 8 bits are kept.</summary>
/// <param name="format">The samples.</param>
/// <param name="description">How colours are coded.</param>
internal readonly struct YuvColors(Av1Format format, ColorDescription description)
{
    private const float LimitedLuma = 1.1689f, LimitedChroma = 1.1429f;

    private readonly (float RedOfRed, float GreenOfRed, float GreenOfBlue, float BlueOfBlue) _factors = description.Factors;

    /// <summary>The factors with 8 bits behind the point.</summary>
    private readonly (int RedOfRed, int GreenOfRed, int GreenOfBlue, int BlueOfBlue) _fixed = (
        Fixed(description.Factors.RedOfRed), Fixed(description.Factors.GreenOfRed),
        Fixed(description.Factors.GreenOfBlue), Fixed(description.Factors.BlueOfBlue));

    private readonly bool _isInteger = format is { Bits: 8, IsHalfWide: true, IsHalfHigh: true } && description.IsFull;

    /// <summary>Converts a row.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="row">The row.</param>
    /// <param name="pixels">Where its pixels go, opaque: red, green, blue, alpha from the low byte up. There is room for one more vector.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Convert(in YuvFrame frame, int row, Span<uint> pixels)
    {
        YuvFrame.YuvRow luma = frame.LumaOf(row), blue = format.IsGrey ? luma : frame.BlueOf(row), red = format.IsGrey ? luma : frame.RedOf(row);
        for (int x = 0; x < frame.Width; x += Vector256<int>.Count)
        {
            Vector256<int> y = luma.Eight(x), cb = blue.Eight(x), cr = red.Eight(x);
            Vector256<int> eight = format.IsGrey ? Pixels(y, y, y)
                : description.IsIdentity ? Pixels(cr, y, cb)
                : _isInteger ? OfIntegers(y, cb, cr)
                : OfFloats(y, cb, cr);
            (eight.AsUInt32() | Vector256.Create(0xFF000000)).CopyTo(pixels[x..]);
        }
    }

    /// <summary>Sets the alpha of a row of pixels.</summary>
    /// <param name="alpha">A frame whose luma is alpha.</param>
    /// <param name="row">The row.</param>
    /// <param name="pixels">Its pixels, and room for one more vector.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SetAlpha(in YuvFrame alpha, int row, Span<uint> pixels)
    {
        YuvFrame.YuvRow luma = alpha.LumaOf(row);
        for (int x = 0; x < alpha.Width; x += Vector256<int>.Count)
        {
            Vector256<uint> eight = (luma.Eight(x) >> (alpha.Format.Bits - 8)).AsUInt32() << 24;
            (eight | (Vector256.Create(pixels[x..]) & Vector256.Create(0x00FFFFFFu))).CopyTo(pixels[x..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<int> OfIntegers(Vector256<int> y, Vector256<int> cb, Vector256<int> cr)
    {
        var half = Vector256.Create(128);
        Vector256<int> blue = cb - half, red = cr - half;
        return Pixels(
            y + (((red * _fixed.RedOfRed) + half) >> 8),
            y + (((blue * _fixed.GreenOfBlue) + (red * _fixed.GreenOfRed) + half) >> 8),
            y + (((blue * _fixed.BlueOfBlue) + half) >> 8));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<int> OfFloats(Vector256<int> y, Vector256<int> cb, Vector256<int> cr)
    {
        var middle = Vector256.Create(1 << (format.Bits - 1));
        Vector256<float> luma = Vector256.ConvertToSingle(y);
        Vector256<float> blue = Vector256.ConvertToSingle(cb - middle), red = Vector256.ConvertToSingle(cr - middle);
        if (!description.IsFull)
        {
            luma = (luma - Vector256.Create((float)(16 << (format.Bits - 8)))) * LimitedLuma;
            (blue, red) = (blue * LimitedChroma, red * LimitedChroma);
        }

        return Pixels(
            Rounded(luma + (red * _factors.RedOfRed)),
            Rounded(luma + (blue * _factors.GreenOfBlue) + (red * _factors.GreenOfRed)),
            Rounded(luma + (blue * _factors.BlueOfBlue)));
    }

    private static int Fixed(float factor) => (int)MathF.Round(256 * factor, MidpointRounding.AwayFromZero);

    private static Vector256<int> Rounded(Vector256<float> values) => Vector256.ConvertToInt32Native(values + Vector256.Create(0.5f));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<int> Pixels(Vector256<int> red, Vector256<int> green, Vector256<int> blue) =>
        Channel(red) | (Channel(green) << 8) | (Channel(blue) << 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<int> Channel(Vector256<int> values) =>
        Vector256.Clamp(values, Vector256<int>.Zero, Vector256.Create((1 << format.Bits) - 1)) >> (format.Bits - 8);
}
