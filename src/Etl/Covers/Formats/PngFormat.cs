using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace PaletteEtl.Covers.Formats;

/// <summary>PNG: chunks, each of which has a checksum.</summary>
internal sealed class PngFormat() : SkiaFormat("PNG")
{
    private const int SignatureBytes = 8;
    private const int NameBytes = 4;
    private const int Frame = 12; // length, name and checksum of a chunk

    private static ReadOnlySpan<byte> LastChunk => [0, 0, 0, 0, (byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xAE, 0x42, 0x60, 0x82];

    public override bool Matches(ReadOnlySpan<byte> data) =>
        data is [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..];

    /// <summary>Whether there is an IEND chunk, which is the end of the file also when a chunk's length before it is damaged.</summary>
    public override bool HasEnd(ReadOnlySpan<byte> data)
    {
        if (data.EndsWith(LastChunk))
        {
            return true;
        }

        for (long at = SignatureBytes; at + Frame <= data.Length;)
        {
            ReadOnlySpan<byte> chunk = data[(int)at..];
            if (chunk[4..8].SequenceEqual("IEND"u8))
            {
                return true;
            }

            at += Frame + (long)BinaryPrimitives.ReadUInt32BigEndian(chunk);
        }

        return false;
    }

    public override (long Width, long Height) PromisedSize(ReadOnlySpan<byte> data) => data.Length < 24
        ? (0, 0)
        : (BinaryPrimitives.ReadUInt32BigEndian(data[16..]), BinaryPrimitives.ReadUInt32BigEndian(data[20..]));

    public override bool IsStreamed(ReadOnlySpan<byte> data) => true;

    public override long NeededBytes(ReadOnlySpan<byte> data, long pixels, bool acceptsPart, bool isChecked) =>
        pixels * (PixelBuffer.PixelBytes + InterlaceBytes(data));

    /// <summary>Skia refuses a picture whose pixels have a wrong checksum, but ignores other chunks that do, transparency among
    /// them, and does not read on to the end.</summary>
    public override string? FindDamage(ReadOnlySpan<byte> data, bool hasEnd, bool isChecked)
    {
        for (ReadOnlySpan<byte> rest = data[SignatureBytes..]; rest.Length >= Frame;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - Frame)
            {
                break;
            }

            ReadOnlySpan<byte> summed = rest.Slice(NameBytes, NameBytes + (int)length);
            ReadOnlySpan<byte> name = summed[..NameBytes];
            rest = rest[(NameBytes + summed.Length)..];
            if (Crc32.HashToUInt32(summed) != BinaryPrimitives.ReadUInt32BigEndian(rest))
            {
                return $"the checksum of its chunk {Encoding.Latin1.GetString(name)} is wrong";
            }

            if (name.SequenceEqual("IEND"u8))
            {
                return null;
            }

            rest = rest[NameBytes..];
        }

        return "it has no IEND chunk";
    }

    /// <summary>An interlaced picture is held whole a second time, at up to 8 bytes a pixel.</summary>
    private static int InterlaceBytes(ReadOnlySpan<byte> data)
    {
        const int BitDepth = 24, Interlace = 28;
        return data.Length <= Interlace || data[Interlace] == 0 ? 0
            : data[BitDepth] == 16 ? 8
            : PixelBuffer.PixelBytes;
    }
}
