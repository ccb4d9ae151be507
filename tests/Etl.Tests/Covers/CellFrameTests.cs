using PaletteEtl.Palettes;

namespace Etl.Tests.Covers;

public sealed class CellFrameTests
{
    private const int Side = 20;
    private const uint White = 0xFF_FF_FF_FF;

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(2, 3, 4, 1)]
    [InlineData(4, 4, 1, 1)]
    public void Of_FrameOfOneColor_HasItsCells(int top, int bottom, int left, int right) =>
        Assert.Equal(new CellFrame(top, bottom, left, right), FrameOf(Framed(top, bottom, left, right)));

    [Theory]
    [InlineData(0, 5, 2, 2)]
    [InlineData(5, 0, 2, 2)]
    [InlineData(2, 2, 0, 5)]
    [InlineData(2, 2, 5, 0)]
    [InlineData(3, 3, 3, 4)] // more than half of the area
    [InlineData(20, 0, 20, 0)] // nothing but the colour
    public void Of_ThreeSidesOrHalfOfTheArea_IsNone(int top, int bottom, int left, int right) =>
        Assert.Equal(default, FrameOf(Framed(top, bottom, left, right)));

    [Fact]
    public void Of_LessThanOneTwentieth_IsNone()
    {
        using CellPicture cells = CellsOf(Framed(1, 1, 1, 1, side: 100), side: 100);

        Assert.Equal(default, CellFrame.Of(cells));
    }

    [Theory]
    [InlineData(0xFF_EF_EF_EFu, 2)] // 16 less of each channel
    [InlineData(0xFF_FF_EE_FFu, 0)]
    [InlineData(0xEE_FF_FF_FFu, 0)]
    public void Of_CellThatDiffers_EndsTheFrameAtMoreThanNoise(uint cell, int top)
    {
        uint[] picture = Framed(2, 2, 2, 2);
        picture[7] = cell;

        Assert.Equal(top, FrameOf(picture).Top);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Complete_FrameTrimmedOrNot_CountsTheContentOrAll(bool trimFrame)
    {
        using CellPicture cells = CellPicture.Rent();
        using var histogram = new ColorHistogram(hasCounts: false, hasSums: true);
        var counter = new PixelCounter(histogram, cells, Raster: null);
        counter.Begin(Side, Side, step: 1, cellSide: 1).Add(Framed(2, 2, 2, 2), row: 0);

        counter.Complete(trimFrame, profile: null);

        Assert.Equal(trimFrame ? 16 * 16 : Side * Side, histogram.Sums!.CountPixels());
    }

    private static CellFrame FrameOf(uint[] picture)
    {
        using CellPicture cells = CellsOf(picture, Side);
        return CellFrame.Of(cells);
    }

    private static CellPicture CellsOf(uint[] picture, int side)
    {
        CellPicture cells = CellPicture.Rent();
        cells.Begin(side, side, side: 1);
        cells.Add(picture, row: 0);
        cells.Complete();
        return cells;
    }

    /// <summary>A white frame around content of other colours.</summary>
    private static uint[] Framed(int top, int bottom, int left, int right, int side = Side)
    {
        uint[] picture = new uint[side * side];
        for (int i = 0; i < picture.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, side);
            bool isContent = y >= top && y < side - bottom && x >= left && x < side - right;
            picture[i] = isContent ? 0xFF_00_00_00 | (uint)(i * 7 % 200) : White;
        }

        return picture;
    }
}
