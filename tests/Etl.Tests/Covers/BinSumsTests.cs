using System.Runtime.Intrinsics;
using PaletteEtl.Palettes;

namespace Etl.Tests.Covers;

public sealed class BinSumsTests
{
    [Fact]
    public void Add_PixelsOfOneBin_CountsThemAndSumsTheirLowBits()
    {
        var sums = new BinSums();
        int bin = Histograms.Bin(1, 2, 3);

        sums.Add(Histograms.Pixel(8 + 1, 16 + 2, 24 + 3, alpha: 200), (uint)bin);
        sums.Add(Histograms.Pixel(8 + 7, 16 + 7, 24 + 7), (uint)bin);

        Assert.Equal(1, sums.Count);
        Assert.Equal([(ushort)bin], sums.Bins.ToArray());
        Assert.Equal([Vector128.Create(8u, 9, 10, 2)], sums.Sums.ToArray());
    }

    [Fact]
    public void Add_PixelsOfEveryBin_KeepsThemApart()
    {
        var sums = new BinSums();

        for (uint bin = ColorHistogram.Bins; bin-- > 0;)
        {
            sums.Add(bin % 8, bin);
        }

        Assert.Equal(ColorHistogram.Bins, sums.Count);
        for (int bin = 0; bin < ColorHistogram.Bins; bin++)
        {
            Assert.Equal(bin, sums.Bins[bin]);
            Assert.Equal(Vector128.Create((uint)bin % 8, 0, 0, 1), sums.Sums[bin]);
        }
    }

    [Fact]
    public void New_AfterAnotherWasReturned_IsEmpty()
    {
        for (int time = 0; time < 3; time++)
        {
            var sums = new BinSums();
            Assert.Equal(0, sums.Count);

            sums.Add(0xFF_01_01_01, 5);

            Assert.Equal([5], sums.Bins.ToArray());
            Assert.Equal([Vector128.Create(1u, 1, 1, 1)], sums.Sums.ToArray());
            sums.Return();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Bins_AfterReturn_Throws(bool ordered)
    {
        var sums = new BinSums();
        sums.Add(0xFF_01_01_01, 5);
        if (ordered)
        {
            sums.Order();
        }

        sums.Return();
        sums.Return();

        Assert.Throws<ObjectDisposedException>(() => sums.Bins[0]);
    }
}
