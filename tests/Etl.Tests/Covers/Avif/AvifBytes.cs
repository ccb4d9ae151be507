using System.Buffers.Binary;
using System.Text;

namespace Etl.Tests.Covers.Avif;

/// <summary>The boxes of an AVIF, with any bytes for coded data.</summary>
internal static class AvifBytes
{
    public const string AlphaName = "urn:mpeg:mpegB:cicp:systems:auxiliary:alpha";

    /// <summary>The properties of a frame of 8 bits in 4:4:4.</summary>
    public static byte[][] Frame(int width, int height, byte format = 0) =>
        [Box("av1C", [0x81, 0x20, format, 0]), Size(width, height), Nclx(matrix: 6)];

    public static byte[] Size(int width, int height) => Full("ispe", 0, UInt32(width), UInt32(height));

    public static byte[] Nclx(int matrix) => Box("colr", Encoding.ASCII.GetBytes("nclx"), UInt32(0x00010001), UInt16(matrix), [0x80]);

    public static byte[] Alpha(string name = AlphaName) => Full("auxC", 0, Encoding.ASCII.GetBytes(name), [0]);

    /// <summary>A file of items, the first of which is the primary.</summary>
    /// <param name="references">The box of references; empty for none.</param>
    /// <param name="items">The items: type, properties and data.</param>
    public static byte[] File(byte[] references, params (string Type, byte[][] Properties, byte[] Data)[] items)
    {
        byte[] brands = Box("ftyp", Encoding.ASCII.GetBytes("avif\0\0\0\0avifmif1"));
        int start = brands.Length + Meta(references, items, 0).Length + 8;
        return [.. brands, .. Meta(references, items, start), .. Box("mdat", [.. items.Select(item => item.Data)])];
    }

    /// <summary>The box of references.</summary>
    public static byte[] References(params (string Type, int From, int[] To)[] references) => Full(
        "iref",
        0,
        [.. references.Select(reference => Box(
            reference.Type, [UInt16(reference.From), UInt16(reference.To.Length), .. reference.To.Select(UInt16)]))]);

    public static byte[] Box(string type, params byte[][] content)
    {
        byte[] body = [.. content.SelectMany(part => part)];
        return [.. UInt32(8 + body.Length), .. Encoding.ASCII.GetBytes(type), .. body];
    }

    public static byte[] Full(string type, int version, params byte[][] content) => Box(type, [UInt32(version), .. content]);

    public static byte[] UInt16(int value) => [(byte)(value >> 8), (byte)value];

    public static byte[] UInt32(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Meta(byte[] references, (string Type, byte[][] Properties, byte[] Data)[] items, int start)
    {
        var locations = new List<byte[]> { UInt16(0x4400), UInt16(items.Length) };
        var infos = new List<byte[]> { UInt16(items.Length) };
        var association = new List<byte[]> { UInt32(items.Length) };
        int property = 0;
        for (int i = 0; i < items.Length; i++)
        {
            (string type, byte[][] properties, byte[] data) = items[i];
            locations.AddRange([UInt16(i + 1), UInt16(0), UInt16(1), UInt32(start), UInt32(data.Length)]);
            infos.Add(Full("infe", 2 << 24, UInt16(i + 1), UInt16(0), Encoding.ASCII.GetBytes(type), [0]));
            association.AddRange([UInt16(i + 1), [(byte)properties.Length], .. properties.Select(_ => (byte[])[(byte)++property])]);
            start += data.Length;
        }

        return Full(
            "meta",
            0,
            Full("hdlr", 0, UInt32(0), Encoding.ASCII.GetBytes("pict"), new byte[13]),
            Full("pitm", 0, UInt16(1)),
            Full("iloc", 0, [.. locations]),
            Full("iinf", 0, [.. infos]),
            references,
            Box("iprp", Box("ipco", [.. items.SelectMany(item => item.Properties)]), Full("ipma", 0, [.. association])));
    }
}
