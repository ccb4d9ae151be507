namespace PaletteEtl.Covers.Formats;

/// <summary>JPEG XL: a container, or the coded picture alone.</summary>
internal sealed class JpegXlFormat() : UnsupportedFormat("JPEG XL")
{
    public override bool Matches(ReadOnlySpan<byte> data) =>
        data is [0xFF, 0x0A, ..] or [0, 0, 0, 12, (byte)'J', (byte)'X', (byte)'L', (byte)' ', 0x0D, 0x0A, 0x87, 0x0A, ..];
}
