namespace PaletteEtl.Covers.Formats;

/// <summary>Icons and cursors of Windows: the number of pictures follows the type.</summary>
internal sealed class IcoFormat() : UnsupportedFormat("ICO")
{
    public override bool Matches(ReadOnlySpan<byte> data) => data is [0, 0, 1 or 2, 0, not 0, 0, ..];
}
