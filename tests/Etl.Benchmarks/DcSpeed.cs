using System.Globalization;
using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats;
using PaletteEtl.Covers.Formats.Jpeg;
using PaletteEtl.Palettes;
using SkiaSharp;

namespace Etl.Benchmarks;

/// <summary><c>dc</c>: reading the DC coefficients of a folder's JPEG covers against SkiaSharp's decoding at an eighth, in turn, in
/// CPU time; and what is done with covers that are too small for that.</summary>
internal static class DcSpeed
{
    private const int Rounds = 9;

    public static void Run(string[] arguments)
    {
        using var catalogues = new Catalogues();
        Picture[] all =
        [
            .. catalogues.Covers(arguments.FirstOrDefault()).Select(File.ReadAllBytes)
                .Where(bytes => CoverFormat.Find(CoverFormats.All, bytes) is JpegFormat)
                .Select(bytes => new Picture(bytes)),
        ];
        Picture[] read = [.. all.Where(picture => picture.IsRead)];
        Console.WriteLine($"{read.Length} of {all.Length} are read");
        Measure("baseline", [.. read.Where(picture => !picture.IsProgressive)], picture => picture.Read());
        Measure("progressive", [.. read.Where(picture => picture.IsProgressive)], picture => picture.Read());
        Measure("of both", read, picture => picture.Read());
        Picture[] large = [.. read.Where(picture => picture.IsLarge)];
        Measure("large enough, baseline", [.. large.Where(picture => !picture.IsProgressive)], picture => picture.Read());
        Measure("large enough, progressive", [.. large.Where(picture => picture.IsProgressive)], picture => picture.Read());
        Measure("in all, smaller ones by SkiaSharp at the scale they get", all, picture => picture.ReadOrDecode());
    }

    private static void Measure(string what, Picture[] pictures, Action<Picture> read)
    {
        if (pictures.Length == 0)
        {
            return;
        }

        var rounds = new List<(double Read, double Decoded)>();
        for (int round = 0; round < Rounds; round++)
        {
            TimeSpan ofReading = default, ofDecoding = default;
            foreach (Picture picture in pictures)
            {
                TimeSpan started = Environment.CpuUsage.TotalTime;
                read(picture);
                TimeSpan between = Environment.CpuUsage.TotalTime;
                picture.Decode(scale: 0.125f);
                ofReading += between - started;
                ofDecoding += Environment.CpuUsage.TotalTime - between;
            }

            rounds.Add((ofReading.TotalMilliseconds / pictures.Length, ofDecoding.TotalMilliseconds / pictures.Length));
        }

        double[] ratios = [.. rounds.Select(round => round.Decoded / round.Read).Order()];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{pictures.Length} {what}: {Median(rounds.Select(round => round.Read)):0.000} ms a cover, "
            + $"SkiaSharp at an eighth {Median(rounds.Select(round => round.Decoded)):0.000} ms, "
            + $"{ratios[Rounds / 2]:0.00} times as fast (least {ratios[0]:0.00}, most {ratios[^1]:0.00}), medians of {Rounds}"));
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private sealed class Picture
    {
        private static readonly DcJpegReader Reader = new();
        private static readonly Sampling Sampling = Sampling.Of(new DecodeOptions(), new OklabQuantizer(colorCount: 6).Needs);

        private readonly byte[] _bytes;
        private readonly SKData _data;
        private readonly JpegHeader _header;

        public Picture(byte[] bytes)
        {
            _bytes = bytes;
            _data = SKData.CreateCopy(bytes);
            _header = JpegHeader.Read(bytes);
            IsRead = Reader.TryRead(bytes);
        }

        public bool IsRead { get; }

        public bool IsLarge => DcJpegCover.IsLargeEnough(_header.Width, _header.Height);

        public bool IsProgressive => _header.Frame == JpegMarker.ProgressiveFrame;

        public void ReadOrDecode()
        {
            if (IsRead && IsLarge)
            {
                Read();
            }
            else
            {
                Decode(Sampling.Scale(_header.Width, _header.Height));
            }
        }

        public void Read()
        {
            Reader.TryRead(_bytes);
            for (int row = 0; row < Reader.Picture.Height; row++)
            {
                Reader.Picture.Row(row);
            }
        }

        public void Decode(float scale)
        {
            using var codec = SKCodec.Create(_data);
            SKSizeI size = codec.GetScaledDimensions(scale);
            using var bitmap = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
            codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        }
    }
}
