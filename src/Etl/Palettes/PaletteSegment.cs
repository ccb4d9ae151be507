using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PaletteEtl.Palettes;

/// <summary>A few thousand palettes of an index, in the order of the rows. Does not change.</summary>
/// <param name="hash">The hash of the records.</param>
/// <param name="records">The palettes with their ids.</param>
/// <param name="sketches">The first number of each <see cref="PaletteSketch"/>, then the second, with room for whole vectors.</param>
internal sealed class PaletteSegment(UInt128 hash, PaletteRecords records, short[] sketches)
{
    private readonly int _room = RoomFor(records.Count);

    public UInt128 Hash => hash;

    public PaletteRecords Records => records;

    /// <summary>Bytes of memory.</summary>
    public long Bytes => records.Bytes + (sketches.Length * sizeof(short));

    /// <summary>Places of so many palettes in whole vectors.</summary>
    public static int RoomFor(int count) => (count + Vector256<short>.Count - 1) / Vector256<short>.Count * Vector256<short>.Count;

    /// <summary>Visits the palettes whose lower bound is not above the limit of the visitor, which may fall meanwhile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Visit<TVisitor>(ReadOnlySpan<short> sketch, ref TVisitor visitor)
        where TVisitor : struct, ISketchVisitor
    {
        for (int i = 0; i < _room; i += Vector256<short>.Count)
        {
            Vector256<short> l = Difference(sketch, i, 0), a = Difference(sketch, i, PaletteSketch.Quarters),
                b = Difference(sketch, i, 2 * PaletteSketch.Quarters);
            Visit(i, PaletteSketch.SquaredSum(Vector256.WidenLower(l), Vector256.WidenLower(a), Vector256.WidenLower(b)), ref visitor);
            Visit(
                i + Vector256<float>.Count,
                PaletteSketch.SquaredSum(Vector256.WidenUpper(l), Vector256.WidenUpper(a), Vector256.WidenUpper(b)),
                ref visitor);
        }
    }

    /// <summary>The sums of the differences of the quarters on one axis, for sixteen palettes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<short> Difference(ReadOnlySpan<short> sketch, int from, int quarter)
    {
        ref short first = ref MemoryMarshal.GetArrayDataReference(sketches);
        Vector256<short> sum = default;
        for (int i = quarter; i < quarter + PaletteSketch.Quarters; i++)
        {
            sum += Vector256.Abs(Vector256.LoadUnsafe(ref first, (nuint)((i * _room) + from)) - Vector256.Create(sketch[i]));
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Visit<TVisitor>(int from, Vector256<float> bounds, ref TVisitor visitor)
        where TVisitor : struct, ISketchVisitor
    {
        uint near = Vector256.LessThanOrEqual(bounds, Vector256.Create(visitor.Threshold)).ExtractMostSignificantBits();
        for (; near != 0; near &= near - 1)
        {
            int lane = BitOperations.TrailingZeroCount(near);
            if (from + lane < records.Count && bounds[lane] <= visitor.Threshold)
            {
                visitor.Visit(this, from + lane, bounds[lane]);
            }
        }
    }
}
