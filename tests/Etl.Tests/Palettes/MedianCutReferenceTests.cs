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
    public void Quantize_SixColours_AreTheReferencesBoxesWithPixelsRepeatedInOrder() => Histograms.AnyCounts.Sample(
        counts =>
        {
            Rgb[] own = OwnColors(counts, 6);

            Assert.Equal(Enumerable.Range(0, 6).Select(i => own[i % own.Length]), Quantize(counts, 6).ToArray());
        },
        iter: 2_000);

    [Fact]
    public void Quantize_AnyHistogramAndCount_BeginsWithTheReferencesBoxesWithPixelsInOrder() =>
        Gen.Select(Histograms.AnyCounts, Gen.Int[2, Palette.MaxColors]).Sample(
            (counts, colors) =>
            {
                Rgb[] own = OwnColors(counts, colors);

                Assert.Equal(own, Quantize(counts, colors).ToArray().Take(own.Length));
            },
            iter: 2_000);

    [Fact]
    public void Quantize_TwiceAsManyBinsAsAnyOtherCountThanSix_GivesDistinctColours() =>
        Gen.Select(Histograms.AnyCounts, Gen.Int[2, Palette.MaxColors]).Sample(
            (counts, colors) =>
            {
                if (colors != 6 && counts.Count >= 2 * colors)
                {
                    Assert.Distinct(Quantize(counts, colors).ToArray());
                }
            },
            iter: 2_000);

    /// <summary>The colours of the reference's boxes, at most as many as are asked for, without those that it invents.</summary>
    private static Rgb[] OwnColors(Dictionary<int, int> counts, int colors)
    {
        using ColorHistogram histogram = Histograms.Of(counts);
        return
        [
            .. ReferenceMedianCut.Boxes(Histograms.ByChannel(histogram.Counts), colors)
                .Where(box => box.Count > 0).Take(colors).Select(ColorOf),
        ];
    }

    private static Palette Quantize(Dictionary<int, int> counts, int colors)
    {
        using ColorHistogram histogram = Histograms.Of(counts);
        return new MedianCutQuantizer(colors).Quantize(histogram);
    }

    private static Rgb ColorOf(ReferenceBox box) => new((byte)box.R, (byte)box.G, (byte)box.B);
}
