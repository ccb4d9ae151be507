using PaletteEtl.Covers.Formats.Jpeg;

namespace Etl.Tests.Covers.Jpeg;

public sealed class JpegScanTests
{
    [Theory]
    [InlineData(0, 63, 0x00, true)]
    [InlineData(0, 62, 0x00, false)]
    [InlineData(1, 63, 0x00, false)]
    [InlineData(0, 63, 0x01, false)]
    public void IsValid_Baseline_HasAllOfEveryCoefficient(byte first, byte last, byte bits, bool expected) =>
        Assert.Equal(expected, JpegScan.Read([first, last, bits]).IsValid(progressive: false, components: 3));

    [Theory]
    [InlineData(0, 0, 0x01, 3, true)]
    [InlineData(0, 0, 0x10, 3, true)]
    [InlineData(0, 1, 0x00, 1, false)] // DC and another
    [InlineData(1, 63, 0x02, 1, true)]
    [InlineData(1, 63, 0x02, 2, false)] // AC coefficients of several components
    [InlineData(5, 4, 0x00, 1, false)]
    [InlineData(1, 64, 0x00, 1, false)]
    [InlineData(0, 0, 0x0D, 1, true)]
    [InlineData(0, 0, 0x0E, 1, false)]
    [InlineData(1, 5, 0x31, 1, false)] // two bits at once
    public void IsValid_Progressive_HasDcOrOthersOfOne(byte first, byte last, byte bits, int components, bool expected) =>
        Assert.Equal(expected, JpegScan.Read([first, last, bits]).IsValid(progressive: true, components));

    [Fact]
    public void TryAdd_ScansInOrder_AreWholeWithTheLast()
    {
        JpegComponent component = Component();

        Assert.True(component.TryAdd(new JpegScan(0, 0, 0, 1)));
        Assert.True(component.TryAdd(new JpegScan(1, 63, 0, 0)));
        Assert.False(component.IsWhole);
        Assert.True(component.TryAdd(new JpegScan(0, 0, 1, 0)));
        Assert.True(component.IsWhole);
    }

    [Fact]
    public void TryAdd_ScanTwiceOrBeforeWhatItRefines_IsRefused()
    {
        Assert.False(Component().TryAdd(new JpegScan(0, 0, 1, 0)));

        JpegComponent component = Component();
        Assert.True(component.TryAdd(new JpegScan(0, 0, 0, 2)));
        Assert.False(component.TryAdd(new JpegScan(0, 0, 0, 2)));
        Assert.False(component.TryAdd(new JpegScan(0, 0, 1, 0)));
    }

    private static JpegComponent Component()
    {
        var component = new JpegComponent();
        component.Set([1, 0x11, 0]);
        return component;
    }
}
