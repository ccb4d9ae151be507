using System.Globalization;
using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.Benchmarks;

/// <summary><c>decoders</c>: covers of a folder into histograms with a library of the system and without it, in turn, in CPU time.</summary>
internal static class DecoderSpeed
{
    private const int Rounds = 9;

    public static void Run(string[] arguments)
    {
        using var catalogues = new Catalogues();
        byte[][] covers = [.. catalogues.Covers(arguments.FirstOrDefault()).Select(File.ReadAllBytes)];
        foreach (IQuantizer quantizer in (IQuantizer[])[new MedianCutQuantizer(colorCount: 6), new OklabQuantizer(colorCount: 6)])
        {
            Measure<AvifFormat>(
                $"AVIF, {quantizer.GetType().Name}", covers, quantizer,
                ("libvips", new DecodeOptions { Dav1d = LibraryUse.Never }), ("libdav1d", new DecodeOptions { Dav1d = LibraryUse.Require }));
            Measure<JpegFormat>(
                $"JPEG, {quantizer.GetType().Name}", covers, quantizer,
                ("without libturbojpeg", new DecodeOptions { TurboJpeg = LibraryUse.Never }), ("libturbojpeg", new DecodeOptions()));
        }
    }

    private static void Measure<T>(
        string what, byte[][] all, IQuantizer quantizer, (string Name, DecodeOptions Options) before, (string Name, DecodeOptions Options) after)
        where T : CoverFormat
    {
        byte[][] covers = [.. all.Where(static cover => CoverFormat.Find(CoverFormats.All, cover) is T)];
        CoverDecoder slow = CoverFormats.CreateDecoder(before.Options, quantizer.Needs);
        CoverDecoder fast = CoverFormats.CreateDecoder(after.Options, quantizer.Needs);
        var rounds = new List<(double Slow, double Fast)>();
        for (int round = 0; round <= Rounds; round++)
        {
            (TimeSpan ofSlow, TimeSpan ofFast) = (default, default);
            foreach (byte[] cover in covers)
            {
                ofSlow += Decode(slow, cover);
                ofFast += Decode(fast, cover);
            }

            rounds.Add((ofSlow.TotalMilliseconds / covers.Length, ofFast.TotalMilliseconds / covers.Length));
        }

        rounds.RemoveAt(0); // compiles
        double[] ratios = [.. rounds.Select(static round => round.Fast / round.Slow).Order()];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{covers.Length} {what}: {before.Name} {Median(rounds.Select(static round => round.Slow)):0.00} ms a cover, "
            + $"{after.Name} {Median(rounds.Select(static round => round.Fast)):0.00} ms, "
            + $"{ratios[Rounds / 2]:0.000} of the CPU (least {ratios[0]:0.000}, most {ratios[^1]:0.000}), medians of {Rounds}"));
    }

    private static TimeSpan Decode(CoverDecoder decoder, byte[] bytes)
    {
        var cover = Cover.Of(bytes, new CoverVersion(null, null, null));
        TimeSpan started = Environment.CpuUsage.TotalTime;
        using DecodedCover decoded = decoder.Decode(cover);
        return Environment.CpuUsage.TotalTime - started;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
