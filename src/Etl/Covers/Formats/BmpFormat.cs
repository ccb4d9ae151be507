using System.Buffers.Binary;

namespace PaletteEtl.Covers.Formats;

/// <summary>BMP, whose header has the length of the file.</summary>
internal sealed class BmpFormat() : SkiaFormat("BMP")
{
    public override bool Matches(ReadOnlySpan<byte> data) => data is [(byte)'B', (byte)'M', ..];

    public override bool HasEnd(ReadOnlySpan<byte> data) =>
        data.Length >= 6 && data.Length >= BinaryPrimitives.ReadUInt32LittleEndian(data[2..]);

    public override (long Width, long Height) PromisedSize(ReadOnlySpan<byte> data)
    {
        if (data.Length < 26)
        {
            return (0, 0);
        }

        long height = BinaryPrimitives.ReadInt32LittleEndian(data[22..]); // negative: rows from the top down
        return (Math.Max(0, BinaryPrimitives.ReadInt32LittleEndian(data[18..])), Math.Abs(height));
    }
}
