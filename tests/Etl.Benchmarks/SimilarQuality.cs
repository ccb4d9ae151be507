using System.Globalization;
using Etl.Host.Bench;
using Etl.Host.Bench.Quality;
using PaletteEtl.Covers;
using PaletteEtl.Palettes;

namespace Etl.Benchmarks;

/// <summary><c>similar-quality</c>: whether the covers with the nearest palettes are those that look alike.</summary>
/// <remarks>The covers that look alike are those at the least sliced Wasserstein distance of all pixels.</remarks>
internal static class SimilarQuality
{
    private const int Found = 6;
    private const int Alike = 20;

    private static readonly Reencoding[] Ways = [.. Reencoding.All.Where(static way => way.ShowsWhole)];

    /// <param name="arguments">A folder of covers; otherwise drawn ones are used.</param>
    public static void Run(string[] arguments)
    {
        using var catalogues = new Catalogues();
        using var folder = new BenchFolder();
        Array.ForEach(catalogues.Covers(arguments.FirstOrDefault()), path => folder.Add(File.ReadAllBytes(path)));
        (PixelCloud Cloud, byte[][] Files)[] covers = [.. folder.Covers.AsParallel().AsOrdered().Select(Examine)];
        int[][] alike = [.. covers.Select((cover, i) => Nearest(covers.Length, i, j => cover.Cloud.DistanceTo(covers[j].Cloud), Alike))];
        foreach (QuantizeAlgorithm algorithm in Enum.GetValues<QuantizeAlgorithm>())
        {
            var palettes = new SharedPaletteExtractor(algorithm);
            Palette[] own = [.. folder.Covers.Select(path => palettes.Extract(File.ReadAllBytes(path)))];
            Palette[][] again = [.. covers.Select(cover => (Palette[])[.. cover.Files.Select(palettes.Extract)])];
            Print($"{algorithm}, shares", alike, own, again);
            Print($"{algorithm}, places", alike, [.. own.Select(WithoutShares)], [.. again.Select(static files => (Palette[])[.. files.Select(WithoutShares)])]);
        }
    }

    private static (PixelCloud Cloud, byte[][] Files) Examine(string path)
    {
        using Cover cover = BenchFolder.Read(path);
        using var decoded = FullSizeCover.Decode(cover);
        return (new PixelCloud(decoded.Pixels), [.. Ways.Select(way => way.Encode(decoded.Bitmap))]);
    }

    private static void Print(string mode, int[][] alike, Palette[] own, Palette[][] again)
    {
        PaletteDistance[] distances = [.. own.Select(static palette => new PaletteDistance(palette))];
        double found = own.Select((_, i) => Nearest(own.Length, i, j => distances[i].To(own[j]), Found).Intersect(alike[i]).Count()).Average() / Found;
        double[] first =
        [
            .. Ways.Select((_, way) => again.Select((files, i) => IsFirst(files[way], i, own) ? 1 : 0).Average()),
        ];
        string ways = string.Join(", ", Ways.Zip(first, static (way, share) => string.Create(CultureInfo.InvariantCulture, $"{way.Name} {share:0.0%}")));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{mode,-19} {own.Length} covers: {found:0.0%} of the first {Found} are among the {Alike} most alike; re-encoded covers found first {first.Average():0.0%}: {ways}"));
    }

    private static bool IsFirst(Palette palette, int cover, Palette[] own)
    {
        var distance = new PaletteDistance(palette);
        float right = distance.To(own[cover]);
        return Array.TrueForAll(own, other => distance.To(other) >= right);
    }

    private static int[] Nearest(int count, int cover, Func<int, float> distance, int wanted) =>
        [.. Enumerable.Range(0, count).Where(other => other != cover).OrderBy(distance).Take(wanted)];

    private static Palette WithoutShares(Palette palette) => new(palette.ToArray());
}
