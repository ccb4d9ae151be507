using System.Globalization;
using Etl.Host.Bench;
using PaletteEtl.Columns;
using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats;
using PaletteEtl.Covers.Formats.Jpeg;
using PaletteEtl.Palettes;

namespace Etl.Benchmarks;

/// <summary><c>columns</c>: all columns beside the palette against the palette alone, and the BlurHash column against that of a media server
/// with SkiaSharp; cover by cover in turns, on one thread, in CPU time.</summary>
internal static class ColumnCost
{
    private const int Rounds = 9;
    private const string Jpeg = "JPEG";

    private static readonly IReadOnlyList<CoverColumn> AllColumns = CoverColumns.Every(new ColumnOptions());

    /// <param name="arguments">A folder of covers; otherwise drawn ones are used.</param>
    public static void Run(string[] arguments)
    {
        using var catalogues = new Catalogues();
        string[] all = catalogues.Covers(arguments.FirstOrDefault());
        string[] jpegs = [.. all.Where(static path => CoverFormat.Find(CoverFormats.All, File.ReadAllBytes(path))!.Name == Jpeg)];
        foreach ((string covers, string[] paths) in new[] { ("all covers", all), ("JPEG covers", jpegs) })
        {
            foreach (QuantizeAlgorithm algorithm in Enum.GetValues<QuantizeAlgorithm>())
            {
                var palette = new ColumnLoop(algorithm, []);
                var columns = new ColumnLoop(algorithm, AllColumns);
                Compare($"{algorithm}, {covers}, all columns against the palette alone", paths, palette.Extract, columns.Extract);
            }
        }

        string[] large = [.. jpegs.Where(static path => JpegHeader.Read(File.ReadAllBytes(path)) is var header && DcJpegCover.IsLargeEnough(header.Width, header.Height))];
        var blurHash = new ColumnLoop(QuantizeAlgorithm.Oklab, [.. AllColumns.Where(static column => column.Values is BlurHashColumn)]);
        Compare(
            "BlurHash of JPEG covers of 150,000 pixels or more, SkiaSharp against decoding and the column",
            large,
            blurHash.Columns,
            path => MediaServerBlurHash.Of(path));
        Compare("the same against decoding, the palette and the column", large, blurHash.Extract, path => MediaServerBlurHash.Of(path));
    }

    private static void Compare(string what, string[] paths, Action<string> way, Action<string> other)
    {
        Array.ForEach(paths, way + other);
        var rounds = new List<(double Way, double Other)>();
        (long ofWay, long ofOther) = (0, 0);
        for (int round = 0; round < Rounds; round++)
        {
            (TimeSpan cpuOfWay, TimeSpan cpuOfOther) = (default, default);
            (ofWay, ofOther) = (0, 0);
            foreach (string path in paths)
            {
                Measure(way, path, ref cpuOfWay, ref ofWay);
                Measure(other, path, ref cpuOfOther, ref ofOther);
            }

            rounds.Add((cpuOfWay.TotalMilliseconds / paths.Length, cpuOfOther.TotalMilliseconds / paths.Length));
        }

        double[] ratios = [.. rounds.Select(static round => round.Other / round.Way).Order()];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {Median(rounds.Select(static round => round.Other)):0.000} ms and {ofOther / paths.Length} B against "
            + $"{Median(rounds.Select(static round => round.Way)):0.000} ms and {ofWay / paths.Length} B a cover, "
            + $"{ratios[Rounds / 2]:0.000} times (least {ratios[0]:0.000}, most {ratios[^1]:0.000}), medians of {Rounds}, {paths.Length} covers"));
    }

    private static void Measure(Action<string> action, string path, ref TimeSpan cpu, ref long bytes)
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan started = Environment.CpuUsage.TotalTime;
        action(path);
        cpu += Environment.CpuUsage.TotalTime - started;
        bytes += GC.GetAllocatedBytesForCurrentThread() - allocated;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    /// <summary>Decoding with DC coefficients where the algorithm may have them, and columns.</summary>
    private sealed class ColumnLoop(QuantizeAlgorithm algorithm, IReadOnlyList<CoverColumn> columns)
    {
        private readonly IQuantizer _quantizer = Quantizers.Of(new QuantizeOptions { Algorithm = algorithm });
        private readonly CoverDecoder _decoder = CoverFormats.CreateDecoder(
            new DecodeOptions(), CoverColumns.NeedsOf(columns, Quantizers.Of(new QuantizeOptions { Algorithm = algorithm }).Needs));

        public void Extract(string path)
        {
            using DecodedCover decoded = _decoder.Decode(BenchFolder.Read(path));
            CoverColumns.ValuesOf(columns, decoded, _quantizer.Quantize(decoded.Histogram));
        }

        /// <summary>The columns without a palette, for those that do not need one.</summary>
        public void Columns(string path)
        {
            using DecodedCover decoded = _decoder.Decode(BenchFolder.Read(path));
            CoverColumns.ValuesOf(columns, decoded, palette: default);
        }
    }
}
