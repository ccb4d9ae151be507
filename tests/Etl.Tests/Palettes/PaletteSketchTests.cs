using System.Runtime.Intrinsics;
using CsCheck;
using PaletteEtl.Palettes;

namespace Etl.Tests.Palettes;

public sealed class PaletteSketchTests
{
    [Fact]
    public void Threshold_OfTheDistanceOfAnyPalettes_IsNotBelowTheirBound() =>
        Gen.Select(SharedPalettes.Any, SharedPalettes.Any).Sample((one, other) =>
            Assert.True(Bound(one, other) <= PaletteSketch.Threshold(new PaletteDistance(one).To(other))));

    [Fact]
    public void Threshold_OfGreys_IsNearlyTheirBound()
    {
        Palette one = SharedPalettes.Of([new(0, 0, 0), new(255, 255, 255)], 1, 3), other = SharedPalettes.Of([new(0, 0, 0), new(255, 255, 255)], 3, 1);

        float distance = new PaletteDistance(one).To(other);

        Assert.InRange(Bound(one, other), PaletteSketch.Threshold(distance - 0.1f), PaletteSketch.Threshold(distance));
    }

    /// <summary>The bound as the scan of an index computes it.</summary>
    private static float Bound(Palette one, Palette other)
    {
        int[] differences = [.. Sketch(one).Zip(Sketch(other), static (x, y) => Math.Abs(x - y))];
        int[] axes = [.. differences.Chunk(PaletteSketch.Quarters).Select(static axis => axis.Sum())];
        return PaletteSketch.SquaredSum(Vector256.Create(axes[0]), Vector256.Create(axes[1]), Vector256.Create(axes[2]))[0];
    }

    private static short[] Sketch(Palette palette)
    {
        var weighted = new WeightedPalette();
        weighted.Set(palette);
        short[] sketch = new short[PaletteSketch.Length];
        PaletteSketch.Set(weighted, sketch);
        return sketch;
    }
}
