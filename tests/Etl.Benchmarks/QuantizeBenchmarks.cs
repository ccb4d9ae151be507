using BenchmarkDotNet.Attributes;
using Etl.Decode;
using Etl.Quantize;
using SkiaSharp;

namespace Etl.Benchmarks;

/// <summary>Reducing the histogram of a drawn cover of 500 x 750 pixels to six colours.</summary>
[MemoryDiagnoser]
public class QuantizeBenchmarks
{
    private readonly MedianCutQuantizer _quantizer = new(colorCount: 6);
    private ColorHistogram? _histogram;

    [GlobalSetup]
    public void Draw()
    {
        using SKBitmap bitmap = Pictures.Draw(500, 750, new Random(1));
        uint[] pixels = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, uint>(bitmap.GetPixelSpan()).ToArray();
        _histogram = new ColorHistogram();
        PixelSampler.Sample(pixels, 0, 10, _histogram);
    }

    [GlobalCleanup]
    public void Release() => _histogram?.Dispose();

    [Benchmark]
    public Palette Quantize() => _quantizer.Quantize(_histogram!);
}
