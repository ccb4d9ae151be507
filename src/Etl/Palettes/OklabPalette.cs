using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PaletteEtl.Palettes;

/// <summary>The colours of a palette in <see cref="Oklab"/>.</summary>
/// <remarks>
/// One object is reused for all palettes, so that a search allocates nothing per row, and it handles eight colours at once.
/// Methods that run for every row are optimized from the first call, because a short search ends before tiered compilation does it.
/// </remarks>
internal sealed class OklabPalette
{
    /// <summary>A distance above any other.</summary>
    public const float TooFar = 1_000_000;

    private static readonly float[] Linear = [.. Enumerable.Range(0, 256).Select(static value => Oklab.Linear(value / 255.0))];

    private static readonly Vector256<int> Lanes = Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7);

    private readonly float[] _l = new float[Room];
    private readonly float[] _a = new float[Room];
    private readonly float[] _b = new float[Room];

    /// <summary>Colours that whole vectors have room for. Those beyond the count hold anything.</summary>
    public static int Room => (Palette.MaxColors + Vector256<float>.Count - 1) / Vector256<float>.Count * Vector256<float>.Count;

    public int Count { get; private set; }

    public ReadOnlySpan<float> L => _l.AsSpan(0, Count);

    public ReadOnlySpan<float> A => _a.AsSpan(0, Count);

    public ReadOnlySpan<float> B => _b.AsSpan(0, Count);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Set(in Palette palette)
    {
        Count = palette.Count;
        float[] linear = Linear;
        for (int i = 0; i < Count; i++)
        {
            Rgb color = palette[i];
            (_l[i], _a[i], _b[i]) = (linear[color.R], linear[color.G], linear[color.B]);
        }

        for (int i = 0; i < Count; i += Vector256<float>.Count)
        {
            Convert(i);
        }
    }

    /// <summary>The distances of <see cref="PaletteDistance"/> between all colours of two palettes.</summary>
    /// <param name="other">The other palette.</param>
    /// <param name="distances">A row of <see cref="Room"/> for each colour: its distances from those of the other palette, and
    /// <see cref="TooFar"/> beyond their count.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void DistancesTo(OklabPalette other, float[] distances)
    {
        ref float first = ref MemoryMarshal.GetArrayDataReference(distances);
        Vector256<int> count = Vector256.Create(other.Count);
        for (int j = 0; j < other.Count; j += Vector256<float>.Count)
        {
            (Vector256<float> l, Vector256<float> a, Vector256<float> b) = (At(other._l, j), At(other._a, j), At(other._b, j));
            Vector256<float> isThere = Vector256.LessThan(Lanes + Vector256.Create(j), count).AsSingle();
            for (int i = 0; i < Count; i++)
            {
                Vector256<float> dl = l - Vector256.Create(_l[i]);
                Vector256<float> da = a - Vector256.Create(_a[i]);
                Vector256<float> db = b - Vector256.Create(_b[i]);
                Vector256<float> distance = PaletteDistance.Scale
                    * Vector256.Sqrt((dl * dl) + (Oklab.ChromaWeight * Oklab.ChromaWeight * ((da * da) + (db * db))));
                Vector256.ConditionalSelect(isThere, distance, Vector256.Create(TooFar))
                    .StoreUnsafe(ref first, (nuint)((i * Room) + j));
            }
        }
    }

    /// <summary>How far the colours are, each from the nearest to it of the other palette: the sum with weights.</summary>
    /// <param name="other">The other palette.</param>
    /// <param name="weights">A weight a colour, and 0 beyond the count.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public float DistanceToNearest(OklabPalette other, float[] weights)
    {
        Vector256<float> sum = default;
        for (int i = 0; i < Count; i += Vector256<float>.Count)
        {
            (Vector256<float> l, Vector256<float> a, Vector256<float> b) = (At(_l, i), At(_a, i), At(_b, i));
            Vector256<float> nearest = Vector256.Create(float.MaxValue);
            for (int j = 0; j < other.Count; j++)
            {
                Vector256<float> dl = l - Vector256.Create(other._l[j]);
                Vector256<float> da = a - Vector256.Create(other._a[j]);
                Vector256<float> db = b - Vector256.Create(other._b[j]);
                nearest = Vector256.Min(nearest, (dl * dl) + (da * da) + (db * db));
            }

            Vector256<float> weight = At(weights, i);
            sum += Vector256.ConditionalSelect(
                Vector256.GreaterThan(weight, Vector256<float>.Zero), Vector256.Sqrt(nearest) * weight, Vector256<float>.Zero);
        }

        return Vector256.Sum(sum);
    }

    /// <summary>Converts eight colours from linear sRGB.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Convert(int i)
    {
        (Vector256<float> l, Vector256<float> a, Vector256<float> b) = Oklab.Of(At(_l, i), At(_a, i), At(_b, i));
        l.CopyTo(_l, i);
        a.CopyTo(_a, i);
        b.CopyTo(_b, i);
    }

    private static Vector256<float> At(float[] values, int i) => Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(values), (nuint)i);
}
