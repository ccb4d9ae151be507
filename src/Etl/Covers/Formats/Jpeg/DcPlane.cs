using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>The low coefficients of a component's blocks, and the one or four samples of each block that they come to.</summary>
internal sealed class DcPlane
{
    private const int Padding = 32; // vectors reach beyond the end
    private const int Level = 128;

    /// <summary>Samples from -512 to 511, without the level, are capped by libjpeg; those beyond, which no encoder writes, wrap.</summary>
    private const int Capped = 512;

    /// <summary>The mean over a quarter of a block of the first cosine in a direction, and of its product in both, relative to DC, in 1,024ths:
    /// ITU T.81, A.3.3.</summary>
    private const int Straight = 928, Both = 841;

    private const int Fraction = 10;

    /// <summary>More than an encoder of 8 bits writes, and little enough for sums of 32 bits.</summary>
    private const int MaxCoefficient = 1 << 14;

    private short[] _coefficients = [];
    private byte[] _samples = [];
    private int _samplesOfRow;

    /// <summary>Blocks of a row.</summary>
    public int Stride { get; private set; }

    /// <summary>Samples of a side of a block, 1 or 2.</summary>
    public int Side { get; private set; }

    /// <summary>The distance from a coefficient of a block to its next one.</summary>
    public int Plane { get; private set; }

    /// <summary>The coefficients, DC of all blocks first, row after row; not yet times the quantizer. Those of AC only with four samples.</summary>
    public short[] Coefficients => _coefficients;

    /// <summary>Bytes that are held.</summary>
    public int Bytes => (sizeof(short) * _coefficients.Length) + _samples.Length;

    /// <summary>Samples from a row of them on, with some more behind the last.</summary>
    public ReadOnlySpan<byte> SamplesFrom(int row) => _samples.AsSpan(row * _samplesOfRow);

    /// <summary>Makes room for blocks, which are all 0.</summary>
    public void Clear(int wide, int high, int side)
    {
        (Stride, Side, Plane) = (wide, side, (wide * high) + Padding);
        int room = side == 1 ? Plane : LowCoefficients.Count * Plane;
        if (_coefficients.Length < room)
        {
            _coefficients = new short[room];
        }

        _samplesOfRow = side == 1 ? wide : (side * wide) + Padding;
        int samples = (_samplesOfRow * side * high) + Padding;
        if (_samples.Length < samples)
        {
            _samples = new byte[samples];
        }

        _coefficients.AsSpan(0, room).Clear();
    }

    /// <summary>Sets the samples from the coefficients, the one of a block as libjpeg does at an eighth; false when one is out of range.</summary>
    public bool TrySample(LowQuantizers quantizers, int high) => Side == 1 ? TrySample(quantizers.Dc, high) : TrySampleFour(quantizers, high);

    private bool TrySample(int quantizer, int high)
    {
        Vector256<int> outside = default;
        for (int i = 0; i < Stride * high; i += Vector256<short>.Count)
        {
            (Vector256<int> low, Vector256<int> rest) = Vector256.Widen(Vector256.Create<short>(_coefficients.AsSpan(i)));
            low = Scaled(low, quantizer);
            rest = Scaled(rest, quantizer);
            outside |= (low + Vector256.Create(Capped)) | (rest + Vector256.Create(Capped));
            Vector256<ushort> both = Vector256.Narrow(Leveled(low), Leveled(rest)).AsUInt16();
            Vector128.Narrow(both.GetLower(), both.GetUpper()).CopyTo(_samples.AsSpan(i));
        }

        return Vector256.LessThanAll(outside.AsUInt32(), Vector256.Create(2u * Capped));
    }

    /// <summary>Eight blocks at a time, each a sample for every quarter.</summary>
    private bool TrySampleFour(LowQuantizers quantizers, int high)
    {
        Vector256<int> outside = default;
        for (int row = 0; row < high; row++)
        {
            Span<ushort> top = MemoryMarshal.Cast<byte, ushort>(_samples.AsSpan(2 * row * _samplesOfRow));
            Span<ushort> bottom = MemoryMarshal.Cast<byte, ushort>(_samples.AsSpan(((2 * row) + 1) * _samplesOfRow));
            for (int x = 0; x < Stride; x += Vector128<short>.Count)
            {
                int i = (row * Stride) + x;
                Vector256<int> dc = Eight(i, 0);
                outside |= Scaled(dc, quantizers.Dc) + Vector256.Create(Capped);
                Vector256<int> mean = (Factored(dc, quantizers.Dc) << Fraction) + Vector256.Create(4 << Fraction);
                Vector256<int> across = Factored(Eight(i, 1), quantizers.Across) * Straight;
                Vector256<int> down = Factored(Eight(i, 2), quantizers.Down) * Straight;
                Vector256<int> diagonal = Factored(Eight(i, 3), quantizers.Diagonal) * Both;
                Set(mean + across + down + diagonal, mean - across + down - diagonal, top[x..]);
                Set(mean + across - down - diagonal, mean - across - down + diagonal, bottom[x..]);
            }
        }

        return Vector256.LessThanAll(outside.AsUInt32(), Vector256.Create(2u * Capped));
    }

    private Vector256<int> Eight(int block, int coefficient)
    {
        (Vector128<int> low, Vector128<int> high) = Vector128.Widen(Vector128.Create<short>(_coefficients.AsSpan((coefficient * Plane) + block)));
        return Vector256.Create(low, high);
    }

    /// <summary>Sets two samples of each of eight blocks, those beyond the row in what pads it.</summary>
    private static void Set(Vector256<int> left, Vector256<int> right, Span<ushort> samples)
    {
        Vector256<int> both = Leveled(left >> (Fraction + 3)) | (Leveled(right >> (Fraction + 3)) << 8);
        Vector128.Narrow(both.GetLower().AsUInt32(), both.GetUpper().AsUInt32()).CopyTo(samples);
    }

    private static Vector256<int> Factored(Vector256<int> coefficients, int quantizer) =>
        Vector256.Clamp(coefficients * quantizer, Vector256.Create(-MaxCoefficient), Vector256.Create(MaxCoefficient));

    private static Vector256<int> Scaled(Vector256<int> coefficients, int quantizer) =>
        ((coefficients * quantizer) + Vector256.Create(4)) >> 3;

    private static Vector256<int> Leveled(Vector256<int> values) =>
        Vector256.Clamp(values + Vector256.Create(Level), Vector256<int>.Zero, Vector256.Create((int)byte.MaxValue));
}
