using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>Bits of coded data, first bit first.</summary>
/// <param name="bytes">The data and <see cref="Margin"/> more bytes, so that one check per block for the end is enough.</param>
internal ref struct BitReader(ReadOnlySpan<byte> bytes)
{
    /// <summary>Maximum number of bytes of a block, which has 64 codes of 16 bits with values of 11, and of bytes read ahead.</summary>
    public const int Margin = 256;

    /// <summary>Minimum number of bits after <see cref="Fill"/>.</summary>
    public const int Filled = 56;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private ulong _bits;
    private int _count;
    private int _next;

    /// <summary>The next bits, at the left. Behind those that <see cref="Fill"/> promises may be more, or zeros.</summary>
    public readonly ulong Bits => _bits;

    /// <summary>Whether more bytes are read ahead than a reader within the data may have. Whether bits beyond it were taken is
    /// known at the end.</summary>
    public readonly bool IsBeyond => _next > _bytes.Length - Margin + sizeof(ulong);

    /// <summary>Whether all was read but for what fills up the last byte.</summary>
    public readonly bool IsAtEnd => (Position + 7) >> 3 == _bytes.Length - Margin;

    /// <summary>How many bits were read.</summary>
    public long Position
    {
        readonly get => (8L * _next) - _count;
        set
        {
            _bits = 0;
            (_next, _count) = ((int)(value >> 3), 0);
            Fill();
            Skip((int)value & 7);
        }
    }

    /// <summary>Reads bytes ahead, as many as there is room for: those that were read in part come once more, to the same place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fill()
    {
        _bits |= BinaryPrimitives.ReadUInt64BigEndian(_bytes[_next..]) >> _count;
        _next += (63 - _count) >> 3;
        _count |= Filled;
    }

    /// <summary>Goes on by so many bits, up to 63, as the low byte says.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Skip(int bits)
    {
        _bits <<= bits;
        _count -= (byte)bits;
    }
}
