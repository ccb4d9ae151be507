using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PaletteEtl.Palettes;

/// <summary>Points in clusters, and the weighted sum of each cluster's points.</summary>
/// <remarks>A sum has lightness, a, b and the weight. Weights are whole numbers, so that an empty cluster's is exactly 0.</remarks>
internal readonly ref struct OklabClusters
{
    private const int WeightLane = 3;

    private readonly Span<Vector256<double>> _sums;

    /// <summary>All points in the first cluster.</summary>
    /// <param name="points">The points.</param>
    /// <param name="sums">Room for the sum of every cluster.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public OklabClusters(OklabPoints points, Span<Vector256<double>> sums)
    {
        Points = points;
        _sums = sums;
        sums.Clear();
        points.Cluster.Clear();
        for (int i = 0; i < points.Count; i++)
        {
            sums[0] += Weighted(i);
        }
    }

    public OklabPoints Points { get; }

    public int Count => _sums.Length;

    /// <summary>The pixels of a cluster's points.</summary>
    public double Weight(int cluster) => _sums[cluster][WeightLane];

    /// <summary>The mean of a cluster's points: lightness, a, b and 1. Not finite for an empty cluster.</summary>
    public Vector256<double> Mean(int cluster) => _sums[cluster] / Weight(cluster);

    /// <summary>The squared distance of a point from the mean of its cluster, times its weight.</summary>
    public double Error(int point)
    {
        Vector256<double> weighted = Weighted(point);
        double weight = weighted[WeightLane];
        Vector256<double> difference = (weighted / weight) - Mean(Points.Cluster[point]); // 0 in the last lane
        return Vector256.Sum(difference * difference) * weight;
    }

    /// <summary>Moves those of eight points whose cluster changes; whether any does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Move(int first, Vector256<int> from, Vector256<int> to)
    {
        uint moves = ~Vector256.Equals(from, to).ExtractMostSignificantBits() & byte.MaxValue;
        for (uint left = moves; left != 0; left &= left - 1)
        {
            int lane = BitOperations.TrailingZeroCount(left);
            Move(first + lane, from[lane], to[lane]);
        }

        return moves != 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Move(int point, int from, int to)
    {
        Vector256<double> weighted = Weighted(point);
        _sums[from] -= weighted;
        _sums[to] += weighted;
        Points.Cluster[point] = to;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<double> Weighted(int point)
    {
        double weight = Points.Weight[point];
        return Vector256.Create(Points.L[point], Points.A[point], Points.B[point], 1) * weight;
    }
}
