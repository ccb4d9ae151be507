using System.Collections.Concurrent;
using PaletteEtl.Covers.Formats.Avif;
using PaletteEtl.Palettes;
using SkiaSharp;

namespace PaletteEtl.Covers.Formats;

/// <summary>A colour space by its code points (ITU-T H.273).</summary>
/// <param name="Matrix">Converts colours to sRGB; null for sRGB, and for a colour space that is not converted.</param>
/// <param name="Unconverted">The name of a colour space that is not converted; null for every other.</param>
internal sealed record CodedColors(ColorProfile? Matrix, string? Unconverted)
{
    private const int Unspecified = 2;

    private static readonly SKColorSpaceTransferFn Linear = new(1, 1, 0, 0, 0, 0, 0);
    private static readonly ConcurrentDictionary<CodePoints, CodedColors> Known = new();

    /// <summary>The colour space with these code points. High dynamic range (PQ and HLG) is not converted.</summary>
    public static CodedColors Of(CodePoints code) => Known.GetOrAdd(code, Read);

    private static CodedColors Read(CodePoints code)
    {
        if (UnconvertedBy(code) is { } name)
        {
            return new CodedColors(Matrix: null, name);
        }

        SKColorSpaceXyz toXyz = XyzOf(code.Primaries);
        SKColorSpaceTransferFn curve = CurveOf(code.Transfer);
        bool isSrgb = toXyz == SKColorSpaceXyz.Srgb && curve == SKColorSpaceTransferFn.Srgb;
        return new CodedColors(isSrgb ? null : new ColorProfile(curve.Transform, IccProfile.FromLinear(toXyz).Values), Unconverted: null);
    }

    private static string? UnconvertedBy(CodePoints code) => code switch
    {
        { Transfer: 16 } => "PQ",
        { Transfer: 18 } => "HLG",
        { Transfer: not (1 or Unspecified or 4 or 5 or 6 or 8 or 13 or 14 or 15) } => $"transfer characteristics {code.Transfer}",
        { Primaries: not (1 or Unspecified or 4 or 5 or 6 or 7 or 9 or 11 or 12) } => $"colour primaries {code.Primaries}",
        _ => null,
    };

    /// <summary>The curves of video are shown as that of sRGB, as displays show them.</summary>
    private static SKColorSpaceTransferFn CurveOf(int transfer) => transfer switch
    {
        4 => SKColorSpaceTransferFn.TwoDotTwo,
        5 => SKColorSpaceTransferFn.TwoDotTwo with { G = 2.8f },
        8 => Linear,
        _ => SKColorSpaceTransferFn.Srgb,
    };

    /// <summary>From linear values to CIE XYZ at D50. Whites other than D65: C of primaries 4, DCI of 11.</summary>
    private static SKColorSpaceXyz XyzOf(int primaries) => primaries switch
    {
        4 => Xyz(0.67f, 0.33f, 0.21f, 0.71f, 0.14f, 0.08f, 0.310f, 0.316f),
        5 => Xyz(0.64f, 0.33f, 0.29f, 0.60f, 0.15f, 0.06f),
        6 or 7 => Xyz(0.630f, 0.340f, 0.310f, 0.595f, 0.155f, 0.070f),
        9 => Xyz(0.708f, 0.292f, 0.170f, 0.797f, 0.131f, 0.046f),
        11 => Xyz(0.680f, 0.320f, 0.265f, 0.690f, 0.150f, 0.060f, 0.314f, 0.351f),
        12 => Xyz(0.680f, 0.320f, 0.265f, 0.690f, 0.150f, 0.060f),
        _ => SKColorSpaceXyz.Srgb,
    };

    /// <param name="rx">Chromaticity of red, x.</param>
    /// <param name="ry">Likewise y.</param>
    /// <param name="gx">Of green.</param>
    /// <param name="gy">Likewise y.</param>
    /// <param name="bx">Of blue.</param>
    /// <param name="by">Likewise y.</param>
    /// <param name="wx">Of white; D65 when left out.</param>
    /// <param name="wy">Likewise y.</param>
    private static SKColorSpaceXyz Xyz(
        float rx, float ry, float gx, float gy, float bx, float by, float wx = 0.3127f, float wy = 0.3290f) =>
        new SKColorSpacePrimaries(rx, ry, gx, gy, bx, by, wx, wy).ToColorSpaceXyz();
}
