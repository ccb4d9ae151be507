using System.Diagnostics;
using System.Globalization;
using Etl.Decode;
using Etl.Fetch;
using Etl.Pipeline;

namespace Etl.Benchmarks;

/// <summary><c>jpeg</c>: decoding the JPEG covers of a folder with libturbojpeg and with Skia, in turn.</summary>
internal static class JpegSpeed
{
    private const int Rounds = 9;

    public static void Run(string[] arguments)
    {
        using var catalogues = new Catalogues();
        byte[][] covers =
        [
            .. catalogues.Covers(arguments.FirstOrDefault()).Select(File.ReadAllBytes)
                .Where(bytes => CoverSignature.Sniff(bytes) == CoverFormat.Jpeg),
        ];
        Console.WriteLine($"{covers.Length} covers, libturbojpeg is {(LibTurboJpeg.IsPresent ? "present" : "absent")}");
        var turbo = new CoverDecoder(new DecodeOptions { TurboJpeg = TurboJpegUse.Auto });
        var skia = new CoverDecoder(new DecodeOptions { TurboJpeg = TurboJpegUse.Never });
        var ratios = new List<double>();
        for (int round = 0; round < Rounds; round++)
        {
            double[] byTurbo = new double[covers.Length], bySkia = new double[covers.Length];
            for (int i = 0; i < covers.Length; i++)
            {
                bySkia[i] = Milliseconds(skia, covers[i]);
                byTurbo[i] = Milliseconds(turbo, covers[i]);
            }

            ratios.Add(bySkia.Sum() / byTurbo.Sum());
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"a cover: Skia {bySkia.Average():0.00} ms, libturbojpeg {byTurbo.Average():0.00} ms, {ratios[^1]:0.00} times as fast"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median of {Rounds}: {ratios.Order().ElementAt(Rounds / 2):0.00}"));
    }

    private static double Milliseconds(CoverDecoder decoder, byte[] bytes)
    {
        var data = new NativeBuffer(bytes.Length);
        bytes.CopyTo(data.GetSpan());
        var cover = new Cover(data, new CoverVersion(null, null, null), reservation: null);
        long started = Stopwatch.GetTimestamp();
        decoder.Decode(cover).Dispose();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
