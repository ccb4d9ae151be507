using System.Buffers.Binary;

namespace PaletteEtl.Covers.Formats.Avif;

/// <summary>The fields of a box, most significant byte first. Fields beyond the end are zero, which is noted.</summary>
internal ref struct Fields(ReadOnlySpan<byte> data)
{
    private ReadOnlySpan<byte> _rest = data;

    /// <summary>Whether more was read than there is.</summary>
    public bool IsOverrun { get; private set; }

    /// <summary>Bytes that are left.</summary>
    public readonly int Left => _rest.Length;

    /// <summary>Whether all bytes were read, and no more.</summary>
    public readonly bool IsExhausted => _rest.IsEmpty && !IsOverrun;

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (count < 0 || count > _rest.Length)
        {
            _rest = default;
            IsOverrun = true;
            return default;
        }

        ReadOnlySpan<byte> bytes = _rest[..count];
        _rest = _rest[count..];
        return bytes;
    }

    /// <summary>An unsigned number of 0 to 8 bytes.</summary>
    public ulong Number(int bytes)
    {
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        number.Clear();
        ReadOnlySpan<byte> read = Bytes(bytes);
        read.CopyTo(number[(sizeof(ulong) - read.Length)..]);
        return BinaryPrimitives.ReadUInt64BigEndian(number);
    }

    public byte UInt8() => (byte)Number(1);

    public ushort UInt16() => (ushort)Number(2);

    public uint UInt32() => (uint)Number(4);

    /// <summary>A text with a zero behind it.</summary>
    public ReadOnlySpan<byte> Text()
    {
        int length = _rest.IndexOf((byte)0);
        ReadOnlySpan<byte> text = Bytes(length);
        Bytes(1);
        return text;
    }
}
