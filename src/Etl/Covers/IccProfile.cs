using System.Collections.Concurrent;
using PaletteEtl.Palettes;
using SkiaSharp;

namespace PaletteEtl.Covers;

/// <summary>An ICC profile of a cover.</summary>
/// <param name="Matrix">Converts colours to sRGB; null for a profile of sRGB, and for one that is no matrix.</param>
/// <param name="IsTable">Whether a curve and a matrix do not describe the profile: it has tables, is of CMYK, or is damaged.</param>
internal sealed record IccProfile(ColorProfile? Matrix, bool IsTable)
{
    /// <summary>Profiles that are kept. Most covers have one of very few.</summary>
    private const int MostKept = 256;

    private static readonly IccProfile None = new(Matrix: null, IsTable: false);
    private static readonly IccProfile Table = new(Matrix: null, IsTable: true);
    private static readonly ConcurrentDictionary<UInt128, IccProfile> Kept = new();

    /// <summary>The profile with these bytes. No bytes are sRGB.</summary>
    public static IccProfile Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return None;
        }

        UInt128 hash = ContentHash.Of(bytes);
        if (!Kept.TryGetValue(hash, out IccProfile? profile))
        {
            profile = Read(bytes);
            if (Kept.Count < MostKept)
            {
                Kept.TryAdd(hash, profile);
            }
        }

        return profile;
    }

    /// <summary>From linear values of a colour space to those of sRGB, by way of CIE XYZ.</summary>
    public static SKColorSpaceXyz FromLinear(SKColorSpaceXyz toXyz) => SKColorSpaceXyz.Concat(SKColorSpaceXyz.Srgb.Invert(), toXyz);

    private static IccProfile Read(ReadOnlySpan<byte> bytes)
    {
        using var data = SKData.CreateCopy(bytes);
        using SKColorSpaceIccProfile? profile = SKColorSpaceIccProfile.Create(data);
        using SKColorSpace? space = profile is null ? null : SKColorSpace.CreateIcc(profile);
        return space is null || !space.GetNumericalTransferFunction(out SKColorSpaceTransferFn curve) ? Table
            : space.IsSrgb ? None
            : new IccProfile(new ColorProfile(curve.Transform, FromLinear(space.ToColorSpaceXyz()).Values), IsTable: false);
    }
}
