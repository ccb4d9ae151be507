namespace PaletteEtl.Covers.Formats;

/// <summary>Video and sound in files of the ISO base media format, QuickTime included.</summary>
internal sealed class Mp4Format() : UnsupportedFormat("MP4")
{
    public override bool Matches(ReadOnlySpan<byte> data) => HeifFormat.HasFileType(data) && data.Length >= 12 && IsVideo(data[8..12]);

    private static bool IsVideo(ReadOnlySpan<byte> brand) =>
        brand.StartsWith("iso"u8) || brand.StartsWith("mp4"u8) || brand.StartsWith("M4"u8) || brand.StartsWith("3g"u8)
        || brand.SequenceEqual("mp71"u8) || brand.SequenceEqual("avc1"u8) || brand.SequenceEqual("dash"u8) || brand.SequenceEqual("qt  "u8);
}
