using System.Runtime.Intrinsics;

namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>The first coefficients of a component's blocks, and the 1, 4 or 16 samples of each block that they come to.</summary>
internal sealed class DcPlane
{
    /// <summary>Maximum number of samples of a block's side.</summary>
    public const int MaxSide = 4;

    private const int Padding = 32; // vectors reach beyond the end
    private const int Level = 128;

    /// <summary>Samples from -512 to 511, without the level, are capped by libjpeg; those beyond, which no encoder writes, wrap.</summary>
    private const int Capped = 512;

    // ITU T.81, A.3.3: the means of the first cosines over a half of a block (Half), and over its quarters from the edge (Outer) and
    // beside the middle (Inner), relative to that of DC.
    private const float Half1 = 0.906127f;
    private const float Outer1 = 1.281457f, Inner1 = 0.530797f;
    private const float Both2 = 0.923880f;
    private const float Outer3 = 0.449988f, Inner3 = 1.086367f;

    /// <summary>DC is the mean times 8.</summary>
    private const float Mean = 0.125f;

    private short[] _coefficients = [];
    private byte[] _samples = [];
    private int _samplesOfRow;

    /// <summary>Blocks of a row.</summary>
    public int Stride { get; private set; }

    /// <summary>Samples of a side of a block: 1, 2 or 4.</summary>
    public int Side { get; private set; }

    /// <summary>The last coefficient that is kept.</summary>
    public int Last => LowCoefficients.Last(Side);

    /// <summary>The distance from a coefficient of a block to its next one.</summary>
    public int Plane { get; private set; }

    /// <summary>The coefficients up to the last, those of DC of all blocks first, row after row; not yet times the quantizer.</summary>
    public short[] Coefficients => _coefficients;

    /// <summary>Bytes that are held.</summary>
    public int Bytes => (sizeof(short) * _coefficients.Length) + _samples.Length;

    /// <summary>Samples from a row of them on, with some more behind the last.</summary>
    public ReadOnlySpan<byte> SamplesFrom(int row) => _samples.AsSpan(row * _samplesOfRow);

    /// <summary>Makes room for blocks, which are all 0.</summary>
    public void Clear(int wide, int high, int side)
    {
        (Stride, Side, Plane) = (wide, side, (wide * high) + Padding);
        int room = (Last + 1) * Plane;
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

    /// <summary>Sets the samples from the coefficients, a single one of a block as libjpeg does at an eighth; false when one is out of range.</summary>
    /// <param name="quantizers">The factors of the coefficients.</param>
    /// <param name="high">Rows of blocks.</param>
    public bool TrySample(ReadOnlySpan<int> quantizers, int high)
    {
        if (Side == 1)
        {
            return TrySample(quantizers[0], high);
        }

        Vector256<int> outside = default;
        for (int row = 0; row < high; row++)
        {
            for (int x = 0; x < Stride; x += Vector256<int>.Count)
            {
                int block = (row * Stride) + x;
                outside |= Scaled(Eight(block, 0), quantizers[0]) + Vector256.Create(Capped);
                if (Side == 2)
                {
                    SetFour(block, quantizers, row, x);
                }
                else
                {
                    SetSixteen(block, quantizers, row, x);
                }
            }
        }

        return Vector256.LessThanAll(outside.AsUInt32(), Vector256.Create(2u * Capped));
    }

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

    /// <summary>Sets the samples of eight blocks, one for every quarter of a block.</summary>
    private void SetFour(int block, ReadOnlySpan<int> quantizers, int row, int x)
    {
        Vector256<float> mean = Factored(block, 0, quantizers), across = Half1 * Factored(block, 1, quantizers);
        Vector256<float> down = Half1 * Factored(block, 2, quantizers), both = Half1 * Half1 * Factored(block, 4, quantizers);
        Set(mean + across + (down + both), mean - across + (down - both), SamplesOf((2 * row) + 0, 2 * x));
        Set(mean + across - (down + both), mean - across - (down - both), SamplesOf((2 * row) + 1, 2 * x));
    }

    /// <summary>Sets the samples of eight blocks, sixteen of each.</summary>
    private void SetSixteen(int block, ReadOnlySpan<int> quantizers, int row, int x)
    {
        Vector256<float> none = Vector256<float>.Zero;
        FourSamples zero = Across(
            Factored(block, 0, quantizers), Factored(block, 1, quantizers), Factored(block, 5, quantizers), Factored(block, 6, quantizers));
        FourSamples one = Across(Factored(block, 2, quantizers), Factored(block, 4, quantizers), Factored(block, 7, quantizers), none);
        FourSamples two = Across(Factored(block, 3, quantizers), Factored(block, 8, quantizers), none, none);
        FourSamples three = Across(Factored(block, 9, quantizers), none, none, none);
        Set(zero + (one * Outer1) + (two * Both2) + (three * Outer3), SamplesOf((4 * row) + 0, 4 * x));
        Set(zero + (one * Inner1) - (two * Both2) - (three * Inner3), SamplesOf((4 * row) + 1, 4 * x));
        Set(zero - (one * Inner1) - (two * Both2) + (three * Inner3), SamplesOf((4 * row) + 2, 4 * x));
        Set(zero - (one * Outer1) + (two * Both2) - (three * Outer3), SamplesOf((4 * row) + 3, 4 * x));
    }

    private static FourSamples Across(Vector256<float> zero, Vector256<float> one, Vector256<float> two, Vector256<float> three)
    {
        Vector256<float> outer = zero + (Both2 * two), inner = zero - (Both2 * two);
        Vector256<float> outerTilt = (Outer1 * one) + (Outer3 * three), innerTilt = (Inner1 * one) - (Inner3 * three);
        return new FourSamples(outer + outerTilt, inner + innerTilt, inner - innerTilt, outer - outerTilt);
    }

    private Span<byte> SamplesOf(int row, int from) => _samples.AsSpan((row * _samplesOfRow) + from);

    private Vector256<float> Factored(int block, int coefficient, ReadOnlySpan<int> quantizers) =>
        Vector256.ConvertToSingle(Eight(block, coefficient)) * (Mean * quantizers[coefficient]);

    private Vector256<int> Eight(int block, int coefficient)
    {
        (Vector128<int> low, Vector128<int> high) = Vector128.Widen(Vector128.Create<short>(_coefficients.AsSpan((coefficient * Plane) + block)));
        return Vector256.Create(low, high);
    }

    /// <summary>Sets two samples of each of eight blocks, those beyond the row in what pads it.</summary>
    private static void Set(Vector256<float> left, Vector256<float> right, Span<byte> samples)
    {
        Vector256<int> both = Rounded(left) | (Rounded(right) << 8);
        Vector128.Narrow(both.GetLower().AsUInt32(), both.GetUpper().AsUInt32()).AsByte().CopyTo(samples);
    }

    /// <summary>Sets four samples of each of eight blocks, those beyond the row in what pads it.</summary>
    private static void Set(FourSamples four, Span<byte> samples) =>
        (Rounded(four.First) | (Rounded(four.Second) << 8) | (Rounded(four.Third) << 16) | (Rounded(four.Fourth) << 24)).AsByte().CopyTo(samples);

    private static Vector256<int> Rounded(Vector256<float> values) => Vector256.ConvertToInt32(
        Vector256.Clamp(values + Vector256.Create(Level + 0.5f), Vector256<float>.Zero, Vector256.Create((float)byte.MaxValue)));

    private static Vector256<int> Scaled(Vector256<int> coefficients, int quantizer) =>
        ((coefficients * quantizer) + Vector256.Create(4)) >> 3;

    private static Vector256<int> Leveled(Vector256<int> values) =>
        Vector256.Clamp(values + Vector256.Create(Level), Vector256<int>.Zero, Vector256.Create((int)byte.MaxValue));
}
