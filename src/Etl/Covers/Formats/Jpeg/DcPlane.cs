using System.Runtime.Intrinsics;

namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>The DC coefficients of a component, and the samples of an eighth of its size that they come to.</summary>
internal sealed class DcPlane
{
    private const int Padding = 32; // vectors reach beyond the end
    private const int Level = 128;

    /// <summary>Samples from -512 to 511, without the level, are capped by libjpeg; those beyond, which no encoder writes, wrap.</summary>
    private const int Capped = 512;

    private short[] _coefficients = [];
    private byte[] _samples = [];

    /// <summary>Blocks of a row.</summary>
    public int Stride { get; private set; }

    /// <summary>The coefficients, row after row; not yet times the quantizer.</summary>
    public short[] Coefficients => _coefficients;

    /// <summary>Bytes that are held.</summary>
    public int Bytes => (sizeof(short) + 1) * _samples.Length;

    /// <summary>Samples from one on, with some more behind the last.</summary>
    public ReadOnlySpan<byte> SamplesFrom(int row) => _samples.AsSpan(row * Stride);

    /// <summary>Makes room for blocks, which are all 0.</summary>
    public void Clear(int wide, int high)
    {
        Stride = wide;
        int room = (wide * high) + Padding;
        if (_coefficients.Length < room)
        {
            (_coefficients, _samples) = (new short[room], new byte[room]);
        }

        _coefficients.AsSpan(0, room).Clear();
    }

    /// <summary>Sets the samples from the coefficients, as libjpeg does at an eighth; false when one is out of range.</summary>
    public bool TrySample(int quantizer, int high)
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

    private static Vector256<int> Scaled(Vector256<int> coefficients, int quantizer) =>
        ((coefficients * quantizer) + Vector256.Create(4)) >> 3;

    private static Vector256<int> Leveled(Vector256<int> values) =>
        Vector256.Clamp(values + Vector256.Create(Level), Vector256<int>.Zero, Vector256.Create((int)byte.MaxValue));
}
