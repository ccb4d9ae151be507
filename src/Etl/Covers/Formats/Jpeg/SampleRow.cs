using System.Buffers.Binary;
using System.Runtime.Intrinsics;

namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>The samples of a component in a row of the picture, repeated where there are fewer than pixels.</summary>
internal readonly ref struct SampleRow
{
    private readonly ReadOnlySpan<byte> _samples;
    private readonly int _shift;
    private readonly Vector128<byte> _order;

    /// <param name="samples">The samples, with eight more behind the last.</param>
    /// <param name="shift">For how many pixels one stands: two to the power of this.</param>
    public SampleRow(ReadOnlySpan<byte> samples, int shift)
    {
        _samples = samples;
        _shift = shift;
        _order = Vector128<byte>.Indices >> shift;
    }

    /// <summary>The samples of eight pixels.</summary>
    public Vector256<int> Eight(int at)
    {
        ulong bytes = BinaryPrimitives.ReadUInt64LittleEndian(_samples[(at >> _shift)..]);
        Vector128<byte> eight = Vector128.Shuffle(Vector128.CreateScalar(bytes).AsByte(), _order);
        (Vector128<uint> low, Vector128<uint> high) = Vector128.Widen(Vector128.WidenLower(eight));
        return Vector256.Create(low, high).AsInt32();
    }
}
