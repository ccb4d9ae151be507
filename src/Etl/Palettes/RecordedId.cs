using System.Buffers.Binary;
using System.Text;

namespace PaletteEtl.Palettes;

/// <summary>The bytes of an id in <see cref="PaletteRecords"/>.</summary>
internal static class RecordedId
{
    private enum Kind : byte
    {
        Null,
        Integer,
        Real,
        Text,
        Blob,
    }

    /// <summary>The type of an id as a number.</summary>
    public static byte KindOf(in MovieId id) => (byte)(id.Stored switch
    {
        null => Kind.Null,
        long => Kind.Integer,
        double => Kind.Real,
        string => Kind.Text,
        _ => Kind.Blob,
    });

    /// <summary>Adds the bytes of an id to others.</summary>
    public static void Write(List<byte> bytes, in MovieId id)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        switch (id.Stored)
        {
            case long integer:
                BinaryPrimitives.WriteInt64LittleEndian(number, integer);
                bytes.AddRange(number);
                break;
            case double real:
                BinaryPrimitives.WriteDoubleLittleEndian(number, real);
                bytes.AddRange(number);
                break;
            case string text:
                bytes.AddRange(Encoding.UTF8.GetBytes(text));
                break;
            case byte[] blob:
                bytes.AddRange(blob);
                break;
            default:
                break; // NULL has no bytes
        }
    }

    public static MovieId Read(byte kind, ReadOnlySpan<byte> bytes) => (Kind)kind switch
    {
        Kind.Null => default,
        Kind.Integer => new(BinaryPrimitives.ReadInt64LittleEndian(bytes)),
        Kind.Real => new(BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
        Kind.Text => new(Encoding.UTF8.GetString(bytes)),
        _ => new(bytes.ToArray()),
    };
}
