using System.Globalization;
using Etl.Host.Bench;
using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats;
using PaletteEtl.Hosting;
using PaletteEtl.Palettes;

namespace Etl.Benchmarks;

/// <summary><c>quality</c>: how well palettes stand for their covers, format by format, in each mode of palettes and of scale.</summary>
internal static class Quality
{
    /// <param name="arguments">A folder of covers; otherwise drawn ones are used.</param>
    public static void Run(string[] arguments)
    {
        using var catalogues = new Catalogues();
        using var folder = new BenchFolder();
        Array.ForEach(catalogues.Covers(arguments.FirstOrDefault()), path => folder.Add(File.ReadAllBytes(path)));
        Print("ColorThief, full", folder, QuantizeAlgorithm.ColorThief, DecodeScale.Full);
        Print("Oklab, full", folder, QuantizeAlgorithm.Oklab, DecodeScale.Full);
        Print("Oklab, codec", folder, QuantizeAlgorithm.Oklab, DecodeScale.Auto, dcReader: false);
        Print("Oklab, auto", folder, QuantizeAlgorithm.Oklab, DecodeScale.Auto);
    }

    private static void Print(string mode, BenchFolder folder, QuantizeAlgorithm algorithm, DecodeScale scale, bool dcReader = true)
    {
        var options = new EtlOptions { Quantize = { Algorithm = algorithm }, Decode = { Scale = scale, DcReader = dcReader } };
        var loop = new BareLoop(options, folder);
        (string Format, double Error)[] covers = [.. folder.Covers.Select(path => ErrorOf(loop, path))];
        IEnumerable<string> formats = covers.GroupBy(cover => cover.Format).OrderBy(same => same.Key, StringComparer.Ordinal).Select(same =>
            string.Create(CultureInfo.InvariantCulture, $"{same.Count()} {same.Key} {same.Average(cover => cover.Error):0.00}"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{mode,-16}  palette error of {covers.Length} covers {covers.Average(cover => cover.Error):0.00}, worst {covers.Max(cover => cover.Error):0.0}: {string.Join(", ", formats)}"));
    }

    private static (string Format, double Error) ErrorOf(BareLoop loop, string path)
    {
        using Cover cover = BenchFolder.Read(path);
        return (CoverFormat.Find(CoverFormats.All, cover.Data.GetSpan())!.Name, new PaletteError(cover).Of(loop.PaletteOf(path)));
    }
}
