using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace PaletteEtl.Palettes;

/// <summary>Palettes with the ids of their movies, as bytes: kind of the id and count of the colours, colours, shares if there are any, id.</summary>
/// <param name="bytes">The records.</param>
/// <param name="ends">The end of each record.</param>
/// <param name="ids">The hash of the text of each id; 0 for an id that has none.</param>
internal sealed class PaletteRecords(byte[] bytes, int[] ends, ulong[] ids)
{
    private const int HeaderBytes = 2;
    private const int ColorBytes = 3;
    private const byte HasShares = 0x80;

    public int Count => ends.Length;

    /// <summary>Bytes of memory.</summary>
    public long Bytes => bytes.Length + (ends.Length * sizeof(int)) + (ids.Length * sizeof(ulong));

    /// <summary>The hash of an id's text. Ids of the same text have the same.</summary>
    public static ulong HashOf(string? text) => text is null ? 0 : XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text.AsSpan()));

    /// <summary>The hash of the id's text at a place.</summary>
    public ulong IdHash(int index) => ids[index];

    /// <summary>The first place with an id at or after one; -1 if there is none.</summary>
    public int Find(string id, int from)
    {
        for (ulong hash = HashOf(id); ids.AsSpan(from).IndexOf(hash) is >= 0 and var found; from++)
        {
            from += found;
            if (IdAt(from).Text == id)
            {
                return from;
            }
        }

        return -1;
    }

    /// <summary>The colours and the shares at a place, which are the same for equal palettes alone.</summary>
    public ReadOnlySpan<byte> ContentAt(int index) => At(index)[1..IdStart(At(index))];

    public Palette PaletteAt(int index)
    {
        ReadOnlySpan<byte> record = At(index);
        int count = record[1] & ~HasShares;
        Palette palette = new(MemoryMarshal.Cast<byte, Rgb>(record.Slice(HeaderBytes, ColorBytes * count)));
        if ((record[1] & HasShares) == 0)
        {
            return palette;
        }

        ReadOnlySpan<byte> shares = record.Slice(HeaderBytes + (ColorBytes * count), sizeof(ushort) * count);
        return palette.WithShares(MemoryMarshal.Cast<byte, ushort>(shares));
    }

    public MovieId IdAt(int index)
    {
        ReadOnlySpan<byte> record = At(index);
        return RecordedId.Read(record[0], record[IdStart(record)..]);
    }

    /// <summary>Adds a record to others.</summary>
    public static void Write(List<byte> records, in MovieId id, in Palette palette)
    {
        records.Add(RecordedId.KindOf(id));
        records.Add((byte)(palette.Count | (palette.HasPopulation ? HasShares : 0)));
        foreach (Rgb color in palette)
        {
            records.AddRange([color.R, color.G, color.B]);
        }

        for (int i = 0; palette.HasPopulation && i < palette.Count; i++)
        {
            ushort share = (ushort)palette.Share(i);
            records.AddRange(MemoryMarshal.AsBytes(new ReadOnlySpan<ushort>(in share)));
        }

        RecordedId.Write(records, id);
    }

    private static int IdStart(ReadOnlySpan<byte> record)
    {
        int count = record[1] & ~HasShares;
        return HeaderBytes + (ColorBytes * count) + ((record[1] & HasShares) == 0 ? 0 : sizeof(ushort) * count);
    }

    private ReadOnlySpan<byte> At(int index)
    {
        int start = index == 0 ? 0 : ends[index - 1];
        return bytes.AsSpan(start, ends[index] - start);
    }
}
