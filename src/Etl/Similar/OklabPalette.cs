using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Etl.Quantize;

namespace Etl.Similar;

/// <summary>The colours of a palette in OKLab, a colour space whose distances are as an eye sees them. White is 1 from black.</summary>
/// <remarks>
/// Björn Ottosson, "A perceptual color space for image processing", 2020, https://bottosson.github.io/posts/oklab/.
/// The object is filled anew for each palette, so that a search allocates nothing a row, and takes eight colours at once.
/// What is called for every row is compiled for speed at once, for a short search is over before the runtime would see to it.
/// </remarks>
internal sealed class OklabPalette
{
    private static readonly float[] Linear = [.. Enumerable.Range(0, 256).Select(static value => LinearOf(value / 255.0))];

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
        (Vector256<float> red, Vector256<float> green, Vector256<float> blue) = (At(_l, i), At(_a, i), At(_b, i));
        Vector256<float> l = CubeRoot((0.4122214708f * red) + (0.5363325363f * green) + (0.0514459929f * blue));
        Vector256<float> m = CubeRoot((0.2119034982f * red) + (0.6806995451f * green) + (0.1073969566f * blue));
        Vector256<float> s = CubeRoot((0.0883024619f * red) + (0.2817188376f * green) + (0.6299787005f * blue));
        ((0.2104542553f * l) + (0.7936177850f * m) - (0.0040720468f * s)).CopyTo(_l, i);
        ((1.9779984951f * l) - (2.4285922050f * m) + (0.4505937099f * s)).CopyTo(_a, i);
        ((0.0259040371f * l) + (0.7827717662f * m) - (0.8086757660f * s)).CopyTo(_b, i);
    }

    /// <summary>From a third of the exponent, two steps of Halley's method, each of which triples the digits that are right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> CubeRoot(Vector256<float> value)
    {
        const float Bias = 709_921_077; // two thirds of the exponent's bias, as the bits of a float have it
        Vector256<float> bits = Vector256.ConvertToSingle(value.AsInt32());
        Vector256<float> root = Vector256.ConvertToInt32((bits / 3) + Vector256.Create(Bias)).AsSingle();
        for (int step = 0; step < 2; step++)
        {
            Vector256<float> cube = root * root * root;
            root *= (cube + value + value) / (cube + cube + value);
        }

        return root;
    }

    private static Vector256<float> At(float[] values, int i) => Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(values), (nuint)i);

    private static float LinearOf(double value) =>
        (float)(value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4));
}
