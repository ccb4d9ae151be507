namespace PaletteEtl.Covers.Formats;

/// <summary>Files of the ISO base media format that are neither <see cref="AvifFormat"/> nor <see cref="Mp4Format"/>, which are
/// matched first.</summary>
internal sealed class HeifFormat() : UnsupportedFormat("HEIF")
{
    public override bool Matches(ReadOnlySpan<byte> data) => HasFileType(data);

    /// <summary>Whether a file begins with a box of brands.</summary>
    public static bool HasFileType(ReadOnlySpan<byte> data) => data is [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..];
}
