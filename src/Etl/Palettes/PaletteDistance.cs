using System.Runtime.CompilerServices;

namespace PaletteEtl.Palettes;

/// <summary>How far palettes are from one: 0 for the same colours, 100 for white from black, whichever comes first.</summary>
/// <remarks>
/// The colours of both are paired so that the pairs are nearest in all. A pair counts its OKLab distance × 100 with the mean
/// of the weights its colours have by their places; these are as 1 : 1/2 : 1/3 … and add up to 1 in each palette. So the
/// distance is a weighted mean, and it is the same both ways. It is 0 only where the colours are the same, however ordered.
/// A colour that the longer palette has left over counts, with half its weight, its distance from the nearest colour of the
/// shorter one, and at least 2, which is about the least difference that is seen.
/// </remarks>
internal sealed class PaletteDistance
{
    private const float Scale = 100;
    private const float LeastLeftOver = 0.02f;

    private static readonly float[][] Weights = [.. Enumerable.Range(0, Palette.MaxColors + 1).Select(WeightsOf)];

    private readonly OklabPalette _one = new();
    private readonly OklabPalette _other = new();
    private readonly float[] _costs = new float[Palette.MaxColors * Palette.MaxColors];
    private readonly float[] _leftOver = new float[Palette.MaxColors];

    public PaletteDistance(in Palette one) => _one.Set(one);

    /// <summary>The distance of another palette; infinity where it is known not to be below a limit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public float To(in Palette other, float limit = float.PositiveInfinity)
    {
        _other.Set(other);
        return LowerBound() < limit ? Scale * Exact() : float.PositiveInfinity;
    }

    /// <summary>The least that pairs could add up to, each colour being at least as far from its partner as from the nearest.</summary>
    private float LowerBound() => Scale / 2
        * (_one.DistanceToNearest(_other, Weights[_one.Count]) + _other.DistanceToNearest(_one, Weights[_other.Count]));

    private float Exact()
    {
        (OklabPalette few, OklabPalette many) = _one.Count <= _other.Count ? (_one, _other) : (_other, _one);
        float[] fewWeights = Weights[few.Count], manyWeights = Weights[many.Count];
        float sum = SetLeftOver(few, many, manyWeights);
        Span<float> costs = _costs.AsSpan(0, few.Count * many.Count);
        for (int i = 0; i < few.Count; i++)
        {
            for (int j = 0; j < many.Count; j++)
            {
                float weight = (fewWeights[i] + manyWeights[j]) / 2;
                costs[(i * many.Count) + j] = (weight * few.Distance(i, many, j)) - _leftOver[j];
            }
        }

        Span<int> partners = stackalloc int[few.Count];
        Assignment.Solve(costs, partners);
        for (int i = 0; i < few.Count; i++)
        {
            sum += costs[(i * many.Count) + partners[i]];
        }

        return sum;
    }

    /// <summary>Sets what each colour of the longer palette counts when it has no partner. Returns the sum.</summary>
    private float SetLeftOver(OklabPalette few, OklabPalette many, float[] weights)
    {
        Array.Clear(_leftOver);
        if (few.Count == many.Count)
        {
            return 0;
        }

        float sum = 0;
        for (int j = 0; j < many.Count; j++)
        {
            float nearest = float.MaxValue;
            for (int i = 0; i < few.Count; i++)
            {
                nearest = MathF.Min(nearest, few.Distance(i, many, j));
            }

            _leftOver[j] = weights[j] / 2 * MathF.Max(nearest, LeastLeftOver);
            sum += _leftOver[j];
        }

        return sum;
    }

    /// <summary>The weights of so many places, and 0 beyond them.</summary>
    private static float[] WeightsOf(int count)
    {
        float[] weights = new float[OklabPalette.Room];
        double sum = Enumerable.Range(1, count).Sum(static place => 1.0 / place);
        for (int i = 0; i < count; i++)
        {
            weights[i] = (float)(1 / ((i + 1) * sum));
        }

        return weights;
    }
}
