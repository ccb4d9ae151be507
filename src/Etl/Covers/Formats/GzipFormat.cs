namespace PaletteEtl.Covers.Formats;

/// <summary>A file that gzip has compressed, such as an SVGZ.</summary>
internal sealed class GzipFormat() : UnsupportedFormat("gzip")
{
    public override bool Matches(ReadOnlySpan<byte> data) => data is [0x1F, 0x8B, 8, ..];
}
