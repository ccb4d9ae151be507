using System.Buffers.Binary;

namespace PaletteEtl.Covers.Formats;

/// <summary>AVIF: boxes (ISO/IEC 14496-12), the first of which has its brands.</summary>
internal sealed class AvifFormat() : CoverFormat("AVIF")
{
    /// <summary>Whether AVIF is among the brands of a file's first box. Some files name it behind another.</summary>
    public override bool Matches(ReadOnlySpan<byte> data)
    {
        const int Brand = 4;
        if (!HeifFormat.HasFileType(data))
        {
            return false;
        }

        int end = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(data), (uint)data.Length);
        for (int at = 8; at + Brand <= end; at += Brand)
        {
            if (data.Slice(at, Brand) is [(byte)'a', (byte)'v', (byte)'i', (byte)'f' or (byte)'s'])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the boxes are all there to their ends, the one with the picture's data among them.</summary>
    public override bool HasEnd(ReadOnlySpan<byte> data)
    {
        const int Header = 8, LongHeader = 16;
        bool hasData = false;
        while (data.Length >= Header)
        {
            ulong size = BinaryPrimitives.ReadUInt32BigEndian(data);
            if (size == 1 && data.Length >= LongHeader)
            {
                size = BinaryPrimitives.ReadUInt64BigEndian(data[Header..]);
            }

            if (size < Header)
            {
                return size == 0; // a box to the end of the file, or no box at all
            }

            if (size > (ulong)data.Length)
            {
                return false;
            }

            hasData |= data[4..Header].SequenceEqual("mdat"u8);
            data = data[(int)size..];
        }

        return data.IsEmpty && hasData;
    }

    public override OpenedCover Open(Cover cover, in DecodeContext context) =>
        Dav1dCover.TryOpen(cover, this, context) ?? VipsCover.Open(cover, this);
}
