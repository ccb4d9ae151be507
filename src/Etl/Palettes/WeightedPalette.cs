using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PaletteEtl.Palettes;

/// <summary>The colours of a palette in OKLab with their weights: the shares of the pixels, or, where these are not known,
/// 1 : 1/√2 : 1/√3 … by place.</summary>
/// <remarks>One object is reused for all palettes of a search. docs/decisions/similar.md has the figures for the weights by place.</remarks>
internal sealed class WeightedPalette
{
    private static readonly int[][] PartsByPlace = [.. Enumerable.Range(0, Palette.MaxColors + 1).Select(PartsOf)];

    private readonly int[] _parts = new int[OklabPalette.Room];
    private readonly float[] _weights = new float[OklabPalette.Room];

    public OklabPalette Colors { get; } = new();

    public int Count => Colors.Count;

    /// <summary>The weights as whole numbers, which add up to <see cref="Total"/>.</summary>
    public ReadOnlySpan<int> Parts => _parts.AsSpan(0, Count);

    public int Total { get; private set; }

    /// <summary>The weights, which add up to 1, and 0 beyond the count.</summary>
    public float[] Weights => _weights;

    /// <summary>The mean colour in OKLab, black being 0 and white 100, and the factor of a and b applied.</summary>
    public Vector128<float> Mean { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Set(in Palette palette)
    {
        Colors.Set(palette);
        int total = 0;
        for (int i = 0; i < palette.Count; i++)
        {
            total += _parts[i] = palette.HasPopulation ? palette.Share(i) : PartsByPlace[palette.Count][i];
        }

        Total = total;
        Array.Clear(_weights);
        float one = 1f / total;
        for (int i = 0; i < palette.Count; i++)
        {
            _weights[i] = _parts[i] * one;
        }

        Mean = MeanOf(Colors.L, Colors.A, Colors.B);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Vector128<float> MeanOf(ReadOnlySpan<float> l, ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        float meanL = 0, meanA = 0, meanB = 0;
        for (int i = 0; i < l.Length; i++)
        {
            float weight = _weights[i];
            (meanL, meanA, meanB) = (meanL + (weight * l[i]), meanA + (weight * a[i]), meanB + (weight * b[i]));
        }

        return PaletteDistance.Scale * Vector128.Create(meanL, Oklab.ChromaWeight * meanA, Oklab.ChromaWeight * meanB, 0);
    }

    private static int[] PartsOf(int count) => [.. Enumerable.Range(1, count).Select(static place => (int)(Palette.Whole / Math.Sqrt(place)))];
}
