using PaletteEtl.Covers.Formats.Avif;
using PaletteEtl.Palettes;

namespace PaletteEtl.Covers.Formats;

/// <summary>The colour space of an AVIF: an ICC profile, or else code points.</summary>
/// <param name="Matrix">Converts colours to sRGB; null for sRGB, and for a colour space that is not converted.</param>
/// <param name="Unconverted">The name of a colour space that is not converted; null for every other.</param>
internal readonly record struct AvifColors(ColorProfile? Matrix, string? Unconverted)
{
    /// <param name="file">The file.</param>
    /// <param name="profile">Its ICC profile; empty for none.</param>
    public static AvifColors Of(ReadOnlySpan<byte> file, ReadOnlySpan<byte> profile)
    {
        if (!profile.IsEmpty)
        {
            var icc = IccProfile.Of(profile);
            return new AvifColors(icc.Matrix, icc.IsTable ? "an ICC profile with tables, or a damaged one" : null);
        }

        var coded = CodedColors.Of(CodePoints.Of(file));
        return new AvifColors(coded.Matrix, coded.Unconverted);
    }
}
