using PaletteEtl.Covers.Formats;

namespace Etl.Tests.Covers;

public sealed class PixelBufferTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1_024, 1_024)]
    [InlineData(1_025, 1_024)] // not kept, and on large pages
    [InlineData(2_000, 3_000)]
    public void Rent_TwoAtOnce_HoldAllTheirPixels(int width, int height)
    {
        using PixelBuffer first = PixelBuffer.Rent(width, height);
        using PixelBuffer second = PixelBuffer.Rent(width, height);

        first.Pixels.Fill(1);
        second.Pixels.Fill(2);

        Assert.Equal(width * height, first.Pixels.Length);
        Assert.Equal(-1, first.Pixels.IndexOfAnyExcept(1u));
        Assert.Equal(-1, second.Pixels.IndexOfAnyExcept(2u));
    }

    [Fact]
    public void Rent_SmallAfterLarge_HasItsOwnLength()
    {
        PixelBuffer.Rent(500, 500).Dispose();

        using PixelBuffer small = PixelBuffer.Rent(10, 20);

        Assert.Equal(200, small.Pixels.Length);
    }

    [Fact]
    public void Rent_MoreThanFitsIntoABuffer_Throws() =>
        Assert.Throws<OverflowException>(() => PixelBuffer.Rent(32_768, 32_768));
}
