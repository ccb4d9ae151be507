using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using PaletteEtl.Palettes;
using SkiaSharp;

namespace Etl.Benchmarks;

/// <summary>Reducing the histogram of a drawn cover of 500 x 750 pixels to six colours.</summary>
[MemoryDiagnoser]
public class QuantizeBenchmarks
{
    private readonly MedianCutQuantizer _medianCut = new(colorCount: 6);
    private readonly OklabQuantizer _oklab = new(colorCount: 6);
    private ColorHistogram? _counts;
    private ColorHistogram? _sums;

    [GlobalSetup]
    public void Draw()
    {
        using SKBitmap bitmap = Pictures.Draw(500, 750, new Random(1));
        ReadOnlySpan<uint> pixels = MemoryMarshal.Cast<byte, uint>(bitmap.GetPixelSpan());
        _counts = new ColorHistogram();
        _sums = new ColorHistogram(hasCounts: false, hasSums: true);
        PixelSampler.Sample(pixels, 0, 10, _counts);
        PixelSampler.Sample(pixels, 0, 10, _sums);
    }

    [GlobalCleanup]
    public void Release()
    {
        _counts?.Dispose();
        _sums?.Dispose();
    }

    [Benchmark]
    public Palette Quantize() => _medianCut.Quantize(_counts!);

    [Benchmark]
    public Palette QuantizeOklab() => _oklab.Quantize(_sums!);
}
