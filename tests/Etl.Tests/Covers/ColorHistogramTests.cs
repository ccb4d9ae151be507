using PaletteEtl.Palettes;

namespace Etl.Tests.Covers;

public sealed class ColorHistogramTests
{
    [Fact]
    public void New_AfterAnotherWasDisposed_IsEmpty()
    {
        for (int time = 0; time < 3; time++)
        {
            using ColorHistogram histogram = Histograms.Of(Histograms.White, 0u, Histograms.Pixel(1, 2, 3));

            Assert.Equal(1, histogram.White);
            Assert.Equal(1, histogram.Counts.ToArray().Sum());
            Assert.Equal(1, histogram.Transparent.ToArray().Sum());
        }
    }

    [Fact]
    public void Transparent_OpaquePixelsAlone_IsEmptyEachTime()
    {
        using ColorHistogram histogram = Histograms.BothOf(Histograms.White);

        Assert.True(histogram.Transparent.IsEmpty);
        Assert.Null(histogram.TransparentSums);
        Assert.False(histogram.HasTransparent);
    }

    [Fact]
    public void HasTransparent_SumsOfATransparentPixel_IsTrue()
    {
        using ColorHistogram histogram = Histograms.SumsOf(0u);

        Assert.True(histogram.HasTransparent);
        Assert.Equal(1, histogram.TransparentSums!.Count);
    }

    [Fact]
    public void Counts_OfSumsAlone_TellsTheNeed()
    {
        using ColorHistogram histogram = Histograms.SumsOf(Histograms.White);

        var error = Assert.Throws<InvalidOperationException>(() => histogram.Counts[0]);

        Assert.Contains("set Counts in the Needs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void KeepWhite_ThenKeepTransparent_AddsThemOnce()
    {
        using ColorHistogram histogram = Histograms.Of(Histograms.White, Histograms.White, 0u);

        histogram.KeepWhite();
        histogram.KeepWhite();
        histogram.KeepTransparent();
        histogram.KeepTransparent();

        Assert.Equal(2, histogram.Counts[ColorHistogram.WhiteBin]);
        Assert.Equal(1, histogram.Counts[0]);
        Assert.Equal(3, histogram.Counts.ToArray().Sum());
    }

    [Fact]
    public void Counts_AfterDispose_Throws()
    {
        var histogram = new ColorHistogram();
        histogram.Dispose();
        histogram.Dispose();

        Assert.Throws<ObjectDisposedException>(() => histogram.Counts[0]);
    }
}
