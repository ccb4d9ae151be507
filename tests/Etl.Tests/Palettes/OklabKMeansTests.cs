using System.Runtime.Intrinsics;
using CsCheck;
using PaletteEtl.Palettes;

namespace Etl.Tests.Palettes;

public sealed class OklabKMeansTests
{
    private static readonly Gen<uint[]> Opaque = Histograms.AnyPixels.Select(
        pixels => pixels.Select(pixel => pixel | 0xFF000000).ToArray());

    private static readonly Gen<int> AnyCount = Gen.Int[2, Palette.MaxColors];

    [Fact]
    public void Converge_AnyPixels_LeavesEachPointInTheClusterOfTheNearestMean() =>
        Gen.Select(Opaque, AnyCount).Sample((pixels, count) => Cluster(pixels, count, clusters =>
        {
            OklabKMeans.Converge(clusters);

            for (int point = 0; point < clusters.Points.Count; point++)
            {
                double nearest = double.MaxValue;
                for (int cluster = 0; cluster < clusters.Count; cluster++)
                {
                    nearest = Math.Min(nearest, SquaredDistance(clusters, point, cluster));
                }

                Assert.Equal(nearest, SquaredDistance(clusters, point, clusters.Points.Cluster[point]), tolerance: 1e-6);
            }
        }));

    [Fact]
    public void Converge_AnyPixels_IsNeverWorseThanTheSeeding() =>
        Gen.Select(Opaque, AnyCount).Sample((pixels, count) => Cluster(pixels, count, clusters =>
        {
            double seeded = Error(clusters);

            OklabKMeans.Converge(clusters);

            Assert.InRange(Error(clusters), 0, (seeded * (1 + 1e-6)) + 1e-12);
        }));

    [Fact]
    public void Converge_AnyPixels_KeepsSumsThatAreTheirPoints() =>
        Gen.Select(Opaque, AnyCount).Sample((pixels, count) => Cluster(pixels, count, clusters =>
        {
            OklabKMeans.Converge(clusters);

            for (int cluster = 0; cluster < clusters.Count; cluster++)
            {
                (double weight, double lightness) = (0, 0);
                for (int point = 0; point < clusters.Points.Count; point++)
                {
                    double inside = clusters.Points.Cluster[point] == cluster ? clusters.Points.Weight[point] : 0;
                    weight += inside;
                    lightness += inside * clusters.Points.L[point];
                }

                Assert.Equal(weight, clusters.Weight(cluster));
                Assert.Equal(lightness / weight, clusters.Mean(cluster)[0], tolerance: 1e-9);
            }
        }));

    [Fact]
    public void Converge_EmptyCluster_GetsThePointThatIsFarthestOff() => Cluster(
        [Histograms.Pixel(0, 0, 0), Histograms.Pixel(8, 8, 8), Histograms.White],
        count: 2,
        clusters =>
        {
            OklabKMeans.Converge(clusters);

            Assert.Equal([0, 0, 1], clusters.Points.Cluster[..3].ToArray());
        },
        seeds: false);

    private static void Cluster(uint[] pixels, int count, Action<OklabClusters> test, bool seeds = true)
    {
        using ColorHistogram histogram = Histograms.SumsOf(pixels);
        using var points = new OklabPoints(histogram.Sums!);
        var clusters = new OklabClusters(points, new Vector256<double>[Math.Min(count, points.Count)]);
        if (seeds)
        {
            OklabSeeding.Seed(clusters);
        }

        test(clusters);
    }

    private static double Error(OklabClusters clusters)
    {
        double sum = 0;
        for (int point = 0; point < clusters.Points.Count; point++)
        {
            sum += clusters.Error(point);
        }

        return sum;
    }

    private static double SquaredDistance(OklabClusters clusters, int point, int cluster)
    {
        Vector256<double> mean = clusters.Mean(cluster);
        OklabPoints points = clusters.Points;
        var (l, a, b) = (points.L[point] - mean[0], points.A[point] - mean[1], points.B[point] - mean[2]);
        return (l * l) + (a * a) + (b * b);
    }
}
