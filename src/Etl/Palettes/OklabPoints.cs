using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PaletteEtl.Palettes;

/// <summary>The mean colours of a histogram's bins in OKLab, in the order of the bins, each with its pixels as its weight and
/// the cluster it is in. A and b are times <see cref="Oklab.ChromaWeight"/>.</summary>
/// <remarks>Always eight at once, on every processor, so that sums are the same everywhere. Points beyond the count weigh nothing.</remarks>
internal readonly ref struct OklabPoints
{
    private const int Planes = 5;

    /// <summary>Values of a channel between whole ones, as means have them.</summary>
    private const int Steps = 8;

    /// <summary>From a bin of a channel to the step it begins at: 8 values of <see cref="Steps"/>.</summary>
    private const int Shift = 6;

    private static readonly float[] Linear =
        [.. Enumerable.Range(0, (byte.MaxValue * Steps) + 1).Select(static step => Oklab.Linear((double)step / Steps / byte.MaxValue))];

    private readonly float[] _rented;

    public OklabPoints(BinSums sums)
    {
        Count = sums.Count;
        int room = (Count + Vector256<float>.Count - 1) / Vector256<float>.Count * Vector256<float>.Count;
        _rented = ArrayPool<float>.Shared.Rent(Planes * room);
        Span<float> planes = _rented.AsSpan(0, Planes * room);
        planes.Clear();
        L = planes[..room];
        A = planes.Slice(room, room);
        B = planes.Slice(2 * room, room);
        Weight = planes.Slice(3 * room, room);
        Cluster = MemoryMarshal.Cast<float, int>(planes[(4 * room)..]);
        SetLinear(sums);
        Convert();
    }

    public int Count { get; }

    public Span<float> L { get; }

    public Span<float> A { get; }

    public Span<float> B { get; }

    public Span<float> Weight { get; }

    public Span<int> Cluster { get; }

    public void Dispose() => ArrayPool<float>.Shared.Return(_rented);

    /// <summary>Sets the means in linear sRGB, and the weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SetLinear(BinSums sums)
    {
        ReadOnlySpan<ushort> bins = sums.Bins;
        ReadOnlySpan<Vector128<uint>> sumOf = sums.Sums;
        ReadOnlySpan<float> linear = Linear;
        for (int i = 0; i < bins.Length; i++)
        {
            Set(i, bins[i], sumOf[i], linear);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Set(int i, int bin, Vector128<uint> sums, ReadOnlySpan<float> linear)
    {
        float weight = sums[BinSums.CountLane];
        Vector128<float> means = Vector128.ConvertToSingle(sums) * (Steps / weight);
        Vector128<int> steps = Vector128.ConvertToInt32Native(means + Vector128.Create(0.5f));
        L[i] = linear[(bin >> (2 * ColorHistogram.Bits) << Shift) + steps[0]];
        A[i] = linear[((bin >> ColorHistogram.Bits) % ColorHistogram.Side << Shift) + steps[1]];
        B[i] = linear[(bin % ColorHistogram.Side << Shift) + steps[2]];
        Weight[i] = weight;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Convert()
    {
        for (int i = 0; i < L.Length; i += Vector256<float>.Count)
        {
            (Vector256<float> l, Vector256<float> a, Vector256<float> b) =
                Oklab.Of(Vector256.Create(L[i..]), Vector256.Create(A[i..]), Vector256.Create(B[i..]));
            l.CopyTo(L[i..]);
            (a * Oklab.ChromaWeight).CopyTo(A[i..]);
            (b * Oklab.ChromaWeight).CopyTo(B[i..]);
        }
    }
}
