using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PaletteEtl.Palettes;

/// <summary>First clusters for k-means: the one with the greatest variance is split, on the axis and at the mean it has it on,
/// again and again (Su and Dy, "In search of deterministic methods for initializing k-means and Gaussian mixture clustering", 2007).</summary>
internal static class OklabSeeding
{
    public static void Seed(OklabClusters clusters)
    {
        Span<Vector128<float>> spreads = stackalloc Vector128<float>[clusters.Count];
        spreads[0] = Spread(clusters, 0);
        for (int next = 1; next < clusters.Count; next++)
        {
            int widest = 0;
            for (int cluster = 1; cluster < next; cluster++)
            {
                widest = Vector128.Sum(spreads[cluster]) > Vector128.Sum(spreads[widest]) ? cluster : widest;
            }

            Split(clusters, widest, Axis(spreads[widest]), next);
            if (next + 1 < clusters.Count)
            {
                spreads[widest] = Spread(clusters, widest);
                spreads[next] = Spread(clusters, next);
            }
        }
    }

    /// <summary>Moves the points of a cluster that are above its mean on an axis.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Split(OklabClusters clusters, int cluster, int axis, int next)
    {
        OklabPoints points = clusters.Points;
        ReadOnlySpan<float> values = axis == 0 ? points.L : axis == 1 ? points.A : points.B;
        ReadOnlySpan<int> places = points.Cluster;
        var mean = Vector256.Create((float)clusters.Mean(cluster)[axis]);
        for (int i = 0; i < values.Length; i += Vector256<float>.Count)
        {
            Vector256<int> above = Vector256.GreaterThan(Vector256.Create(values[i..]), mean).AsInt32();
            Vector256<int> from = Vector256.Create(places[i..]);
            Vector256<int> moves = above & Vector256.Equals(from, Vector256.Create(cluster));
            clusters.Move(i, from, Vector256.ConditionalSelect(moves, Vector256.Create(next), from));
        }
    }

    /// <summary>The squared distances of a cluster's points from its mean, weighted and summed by axis.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector128<float> Spread(OklabClusters clusters, int cluster)
    {
        if (clusters.Weight(cluster) == 0)
        {
            return default;
        }

        OklabPoints points = clusters.Points;
        ReadOnlySpan<float> ls = points.L, @as = points.A, bs = points.B, weights = points.Weight;
        ReadOnlySpan<int> places = points.Cluster;
        Vector256<double> mean = clusters.Mean(cluster);
        Vector256<float> meanL = Vector256.Create((float)mean[0]);
        Vector256<float> meanA = Vector256.Create((float)mean[1]);
        Vector256<float> meanB = Vector256.Create((float)mean[2]);
        Vector256<float> spreadL = default, spreadA = default, spreadB = default;
        for (int i = 0; i < ls.Length; i += Vector256<float>.Count)
        {
            Vector256<float> inside = Vector256.Equals(Vector256.Create(places[i..]), Vector256.Create(cluster)).AsSingle();
            Vector256<float> weight = Vector256.Create(weights[i..]) & inside;
            Vector256<float> l = Vector256.Create(ls[i..]) - meanL;
            Vector256<float> a = Vector256.Create(@as[i..]) - meanA;
            Vector256<float> b = Vector256.Create(bs[i..]) - meanB;
            spreadL += l * l * weight;
            spreadA += a * a * weight;
            spreadB += b * b * weight;
        }

        return Vector128.Create(Vector256.Sum(spreadL), Vector256.Sum(spreadA), Vector256.Sum(spreadB), 0);
    }

    private static int Axis(Vector128<float> spread) =>
        spread[0] >= spread[1] && spread[0] >= spread[2] ? 0 : spread[1] >= spread[2] ? 1 : 2;
}
