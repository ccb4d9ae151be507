using BenchmarkDotNet.Attributes;
using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats;
using PaletteEtl.Model;
using PaletteEtl.Palettes;
using SkiaSharp;

namespace Etl.Benchmarks;

/// <summary>Decoding one drawn cover of 500 x 750 pixels into a histogram, and sampling alone.</summary>
[MemoryDiagnoser]
public class DecodeBenchmarks
{
    private const int Width = 500, Height = 750;

    private readonly CoverDecoder _decoder = CoverFormats.CreateDecoder(new DecodeOptions(), new MedianCutQuantizer(colorCount: 6).Needs);
    private readonly CoverDecoder _oklab = CoverFormats.CreateDecoder(new DecodeOptions(), new OklabQuantizer(colorCount: 6).Needs);
    private readonly uint[] _pixels = new uint[Width * Height];
    private ColorHistogram? _histogram;
    private ColorHistogram? _sums;
    private byte[] _encoded = [];

    [Params(SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Png, SKEncodedImageFormat.Webp)]
    public SKEncodedImageFormat Format { get; set; }

    [GlobalSetup]
    public void Draw()
    {
        var random = new Random(1);
        using SKBitmap bitmap = Pictures.Draw(Width, Height, random);
        using SKData data = bitmap.Encode(Format, quality: 85);
        _encoded = data.ToArray();
        for (int i = 0; i < _pixels.Length; i++)
        {
            _pixels[i] = (uint)random.Next() | 0xFF000000;
        }

        _histogram = new ColorHistogram();
        _sums = new ColorHistogram(hasCounts: false, hasSums: true);
    }

    [GlobalCleanup]
    public void Release()
    {
        _histogram?.Dispose();
        _sums?.Dispose();
    }

    [Benchmark]
    public int Decode() => DecodeWith(_decoder);

    [Benchmark]
    public int DecodeOklab() => DecodeWith(_oklab);

    [Benchmark(OperationsPerInvoke = Width * Height, Description = "Sample, a pixel of the image")]
    public int Sample() => PixelSampler.Sample(_pixels, 0, 10, _histogram!);

    [Benchmark(OperationsPerInvoke = Width * Height, Description = "SampleSums, a pixel of the image")]
    public int SampleSums() => PixelSampler.Sample(_pixels, 0, 10, _sums!);

    private int DecodeWith(CoverDecoder decoder)
    {
        var data = new NativeBuffer(_encoded.Length);
        _encoded.CopyTo(data.GetSpan());
        using DecodedCover decoded = decoder.Decode(new Cover(data, new CoverVersion(null, null, null), reservation: null));
        return decoded.Histogram.White;
    }
}
