using CsCheck;
using PaletteEtl.Palettes;

namespace Etl.Tests.Palettes;

/// <summary>The quantizer against an independent port of the reference.</summary>
public sealed class MedianCutReferenceTests
{
    [Fact]
    public void Quantize_ReferenceHasSixBoxesWithPixels_IsTheReferences()
    {
        var quantizer = new MedianCutQuantizer(colorCount: 6);
        int compared = 0;

        Histograms.AnyCounts.Sample(
            counts =>
            {
                using ColorHistogram histogram = Histograms.Of(counts);
                IReadOnlyList<ReferenceBox> boxes = ReferenceMedianCut.Boxes(Histograms.ByChannel(histogram.Counts), 6);
                if (boxes.Count == 6 && boxes.All(box => box.Count > 0))
                {
                    Interlocked.Increment(ref compared);
                    Assert.Equal(boxes.Select(ColorOf), quantizer.Quantize(histogram).ToArray());
                }
            },
            iter: 4_000);

        Assert.InRange(compared, 2_000, 4_000);
    }

    [Fact]
    public void Quantize_AnyHistogramAndCount_IsTheReferencesBoxesWithPixelsRepeatedInOrder() =>
        Gen.Select(Histograms.AnyCounts, Gen.Int[2, Palette.MaxColors]).Sample(
            (counts, colors) =>
            {
                using ColorHistogram histogram = Histograms.Of(counts);
                Rgb[] own =
                [
                    .. ReferenceMedianCut.Boxes(Histograms.ByChannel(histogram.Counts), colors)
                        .Where(box => box.Count > 0).Take(colors).Select(ColorOf),
                ];

                Palette palette = new MedianCutQuantizer(colors).Quantize(histogram);

                Assert.Equal(Enumerable.Range(0, colors).Select(i => own[i % own.Length]), palette.ToArray());
            },
            iter: 2_000);

    private static Rgb ColorOf(ReferenceBox box) => new((byte)box.R, (byte)box.G, (byte)box.B);
}
