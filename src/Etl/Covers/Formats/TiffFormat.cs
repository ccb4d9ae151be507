namespace PaletteEtl.Covers.Formats;

/// <summary>TIFF of either byte order.</summary>
internal sealed class TiffFormat() : UnsupportedFormat("TIFF")
{
    public override bool Matches(ReadOnlySpan<byte> data) =>
        data is [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..];
}
