using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PaletteEtl.Palettes;

/// <summary>Lloyd's k-means: points go to the cluster with the nearest mean until none moves.</summary>
internal static class OklabKMeans
{
    /// <summary>Covers take about 20 passes.</summary>
    private const int MaxPasses = 100;

    public static void Converge(OklabClusters clusters)
    {
        for (int pass = 0; pass < MaxPasses; pass++)
        {
            bool moved = MoveToNearest(clusters);
            if (!FillEmpty(clusters) && !moved)
            {
                return;
            }
        }
    }

    /// <summary>Moves each point to the cluster with the nearest mean, of equally near ones the first; whether any moved.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool MoveToNearest(OklabClusters clusters)
    {
        Span<Vector256<float>> means = stackalloc Vector256<float>[3 * clusters.Count];
        for (int cluster = 0; cluster < clusters.Count; cluster++)
        {
            Vector256<double> mean = clusters.Mean(cluster); // nothing is near the mean of an empty cluster, which is not finite
            means[3 * cluster] = Vector256.Create((float)mean[0]);
            means[(3 * cluster) + 1] = Vector256.Create((float)mean[1]);
            means[(3 * cluster) + 2] = Vector256.Create((float)mean[2]);
        }

        ReadOnlySpan<float> ls = clusters.Points.L, @as = clusters.Points.A, bs = clusters.Points.B;
        ReadOnlySpan<int> places = clusters.Points.Cluster;
        bool moved = false;
        for (int i = 0; i < ls.Length; i += Vector256<float>.Count)
        {
            Vector256<float> l = Vector256.Create(ls[i..]), a = Vector256.Create(@as[i..]), b = Vector256.Create(bs[i..]);
            Vector256<float> least = Vector256.Create(float.MaxValue);
            Vector256<int> nearest = default, cluster = default;
            for (int at = 0; at < means.Length; at += 3)
            {
                Vector256<float> dl = l - means[at], da = a - means[at + 1], db = b - means[at + 2];
                Vector256<float> distance = (dl * dl) + (da * da) + (db * db);
                Vector256<float> nearer = Vector256.LessThan(distance, least);
                least = Vector256.ConditionalSelect(nearer, distance, least);
                nearest = Vector256.ConditionalSelect(nearer.AsInt32(), cluster, nearest);
                cluster += Vector256<int>.One;
            }

            moved |= clusters.Move(i, Vector256.Create(places[i..]), nearest);
        }

        return moved;
    }

    /// <summary>Gives each empty cluster the point that adds most to the error; whether there was such a cluster.</summary>
    private static bool FillEmpty(OklabClusters clusters)
    {
        bool filled = false;
        for (int cluster = 0; cluster < clusters.Count; cluster++)
        {
            if (clusters.Weight(cluster) == 0)
            {
                int point = Farthest(clusters);
                clusters.Move(point, clusters.Points.Cluster[point], cluster);
                filled = true;
            }
        }

        return filled;
    }

    /// <summary>The point with the greatest error that is not alone in its cluster. It exists because there are
    /// never more clusters than points.</summary>
    private static int Farthest(OklabClusters clusters)
    {
        (int farthest, double greatest) = (0, double.NegativeInfinity);
        for (int i = 0; i < clusters.Points.Count; i++)
        {
            double error = clusters.Error(i);
            if (error > greatest && clusters.Points.Weight[i] < clusters.Weight(clusters.Points.Cluster[i]))
            {
                (farthest, greatest) = (i, error);
            }
        }

        return farthest;
    }
}
