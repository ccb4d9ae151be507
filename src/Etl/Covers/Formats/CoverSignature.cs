using System.Buffers.Binary;

namespace PaletteEtl.Covers.Formats;

/// <summary>Tells a cover's format from its content, never from its name, and whether its container has its end.</summary>
internal static class CoverSignature
{
    /// <summary>What a file's first bytes say it is.</summary>
    public static CoverFormat Sniff(ReadOnlySpan<byte> data) => data switch
    {
        [0xFF, 0xD8, 0xFF, ..] => CoverFormat.Jpeg,
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => CoverFormat.Png,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => CoverFormat.Gif,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => CoverFormat.WebP,
        [(byte)'B', (byte)'M', ..] => CoverFormat.Bmp,
        [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..] => CoverFormat.Tiff,
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => HasAvifBrand(data) ? CoverFormat.Avif : CoverFormat.Heif,
        _ => IsHtml(data) ? CoverFormat.Html : CoverFormat.Unknown,
    };

    /// <summary>Whether the file has what its format ends with. A file without it was cut off.</summary>
    public static bool HasEnd(ReadOnlySpan<byte> data, CoverFormat format) => format switch
    {
        CoverFormat.Jpeg => ContainerEnd.InJpeg(data),
        CoverFormat.Png => ContainerEnd.InPng(data),
        CoverFormat.Gif => ContainerEnd.InGif(data),
        CoverFormat.WebP => data.Length >= 8L + BinaryPrimitives.ReadUInt32LittleEndian(data[4..]),
        CoverFormat.Bmp => data.Length >= 6 && data.Length >= BinaryPrimitives.ReadUInt32LittleEndian(data[2..]),
        CoverFormat.Avif => HasBoxes(data),
        _ => true,
    };

    /// <summary>Whether AVIF is among the brands of a file's first box. Some files name it behind another.</summary>
    private static bool HasAvifBrand(ReadOnlySpan<byte> data)
    {
        const int Brand = 4;
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

    /// <summary>Whether the boxes a file is made of (ISO/IEC 14496-12) are all there to their ends, the one with the
    /// picture's data among them.</summary>
    private static bool HasBoxes(ReadOnlySpan<byte> data)
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

    private static bool IsHtml(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> text = data[..Math.Min(data.Length, 256)].TrimStart(" \t\r\n\xEF\xBB\xBF"u8);
        Span<char> start = stackalloc char[Math.Min(text.Length, 9)];
        for (int i = 0; i < start.Length; i++)
        {
            start[i] = char.ToLowerInvariant((char)text[i]);
        }

        return start.StartsWith("<html") || start.SequenceEqual("<!doctype") || start.StartsWith("<head");
    }
}
