using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace PaletteEtl.Covers.Formats;

/// <summary>The chunks of a PNG, each of which has a checksum. Skia refuses a picture whose pixels have a wrong one, but ignores other chunks
/// that do, transparency among them, and does not read on to the end.</summary>
internal static class PngChunks
{
    private const int Signature = 8;
    private const int NameBytes = 4;
    private const int Frame = 12; // length, name and checksum

    /// <summary>The damage in the chunks; null when there is none.</summary>
    public static string? FindDamage(ReadOnlySpan<byte> png)
    {
        for (ReadOnlySpan<byte> rest = png[Signature..]; rest.Length >= Frame;)
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
}
