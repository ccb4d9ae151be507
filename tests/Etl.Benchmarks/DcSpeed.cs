using System.Diagnostics;
using System.Globalization;
using Etl.Decode;
using Etl.Decode.Jpeg;
using SkiaSharp;

namespace Etl.Benchmarks;

/// <summary><c>dc</c>: reading the DC coefficients of a folder's JPEG covers, against SkiaSharp's decoding at an eighth, in turn.</summary>
internal static class DcSpeed
{
    private const int Rounds = 9;

    public static void Run(string[] arguments)
    {
        using var catalogues = new Catalogues();
        Picture[] all =
        [
            .. catalogues.Covers(arguments.FirstOrDefault()).Select(File.ReadAllBytes)
                .Where(bytes => CoverSignature.Sniff(bytes) == CoverFormat.Jpeg)
                .Select(bytes => new Picture(bytes)),
        ];
        Measure("baseline", [.. all.Where(picture => picture.IsRead && !picture.IsProgressive)]);
        Measure("progressive", [.. all.Where(picture => picture.IsRead && picture.IsProgressive)]);
        Measure("all that are read", [.. all.Where(picture => picture.IsRead)]);
        Measure("all, SkiaSharp at a half for what is not read", all);
    }

    private static void Measure(string what, Picture[] pictures)
    {
        if (pictures.Length == 0)
        {
            return;
        }

        var (read, decoded, ratios) = (new List<double>(), new List<double>(), new List<double>());
        for (int round = 0; round < Rounds; round++)
        {
            Array.ForEach(pictures, picture => picture.Time());
            read.Add(pictures.Average(picture => picture.ReadMilliseconds));
            decoded.Add(pictures.Average(picture => picture.DecodedMilliseconds));
            ratios.Add(decoded[^1] / read[^1]);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{pictures.Length} {what}: {Median(read):0.000} ms a cover, SkiaSharp at an eighth {Median(decoded):0.000} ms, "
            + $"{Median(ratios):0.00} times as fast (least {ratios.Min():0.00}, most {ratios.Max():0.00}), medians of {Rounds}"));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private sealed class Picture(byte[] bytes)
    {
        private static readonly DcJpegReader Reader = new();

        /// <summary>Whether it is large enough to be read, and of a kind that is.</summary>
        public bool IsRead { get; } = DcJpegCoverDecoder.IsLargeEnough(JpegHeader.Read(bytes)) && Reader.TryRead(bytes);

        public bool IsProgressive { get; } = JpegHeader.Read(bytes).Frame == JpegMarker.ProgressiveFrame;

        public double ReadMilliseconds { get; private set; }

        public double DecodedMilliseconds { get; private set; }

        public void Time()
        {
            long started = Stopwatch.GetTimestamp();
            if (IsRead)
            {
                Read();
            }
            else
            {
                Decode(scale: 0.5f);
            }

            long read = Stopwatch.GetTimestamp();
            Decode(scale: 0.125f);
            ReadMilliseconds = Stopwatch.GetElapsedTime(started, read).TotalMilliseconds;
            DecodedMilliseconds = Stopwatch.GetElapsedTime(read).TotalMilliseconds;
        }

        private void Read()
        {
            Reader.TryRead(bytes);
            for (int row = 0; row < Reader.Picture.Height; row++)
            {
                Reader.Picture.Row(row);
            }
        }

        private void Decode(float scale)
        {
            using var data = SKData.CreateCopy(bytes);
            using var codec = SKCodec.Create(data);
            SKSizeI size = codec.GetScaledDimensions(scale);
            using var bitmap = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
            codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        }
    }
}
