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
    private static readonly float[] Linear = [.. Enumerable.Range(0, 256).Select(static value => Oklab.Linear(value / 255.0))];

    private readonly float[] _l = new float[Room];
    private readonly float[] _a = new float[Room];
    private readonly float[] _b = new float[Room];

    /// <summary>Colours that whole vectors have room for. Those beyond the count hold anything.</summary>
    public static int Room => (Palette.MaxColors + Vector256<float>.Count - 1) / Vector256<float>.Count * Vector256<float>.Count;

    public int Count { get; private set; }

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

    public float Distance(int color, OklabPalette other, int otherColor)
    {
        (float l, float a, float b) =
            (_l[color] - other._l[otherColor], _a[color] - other._a[otherColor], _b[color] - other._b[otherColor]);
        return MathF.Sqrt((l * l) + (a * a) + (b * b));
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
