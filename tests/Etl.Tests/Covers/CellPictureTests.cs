using CsCheck;
using PaletteEtl.Palettes;

namespace Etl.Tests.Covers;

public sealed class CellPictureTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(CellPicture.MaxSide)]
    public void Row_OpaquePixels_HasTheMeansOfSquares(int side) => Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40], Gen.UInt.Array[1_600]).Sample((width, height, random) =>
    {
        uint[] pixels = [.. random.Take(width * height).Select(static pixel => pixel | 0xFF000000)];

        uint[] cells = CellsOf(pixels, width, height, side, rowsAtOnce: 16);

        Assert.Equal(MeansOf(pixels, width, height, side), cells);
    });

    [Fact]
    public void Row_RowsInPortions_AreTheSameAsAllAtOnce() => Gen.Select(Gen.Int[1, 30], Gen.Int[1, 20], Gen.UInt.Array[900]).Sample((width, rows, random) =>
        Assert.Equal(
            CellsOf(random[..(width * 30)], width, 30, side: 4, rowsAtOnce: 30),
            CellsOf(random[..(width * 30)], width, 30, side: 4, rows)));

    [Theory]
    [InlineData(new uint[] { 0xFF_00_00_64, 0xFF_00_00_C8, 0x00_FF_FF_FF, 0x00_FF_FF_FF }, 0x7F_00_00_96)] // half of it is opaque
    [InlineData(new uint[] { 0xFF_00_00_64, 0x7C_FF_FF_FF, 0x00_FF_FF_FF, 0x00_FF_FF_FF }, 0x3F_00_00_64)]
    [InlineData(new uint[] { 0x7D_00_00_64, 0x7D_00_00_64, 0x7D_00_00_64, 0x7D_00_00_64 }, 0xFF_00_00_64)]
    [InlineData(new uint[] { 0x00_00_00_64, 0x7C_00_00_C8, 0x00_00_00_64, 0x00_00_00_C8 }, 0x00_00_00_96)] // what nobody sees
    public void Row_TransparentPixels_CountOnlyWithoutOthers(uint[] pixels, uint cell) =>
        Assert.Equal([cell], CellsOf(pixels, width: 2, height: 2, side: 2, rowsAtOnce: 1));

    [Fact]
    public void Row_PictureEndsEarly_IsEmptyThere()
    {
        uint[] cells = CellsOf([.. Enumerable.Repeat(0xFF_01_02_03u, 4 * 3)], width: 4, height: 8, side: 2, rowsAtOnce: 1);

        Assert.Equal([.. Enumerable.Repeat(0xFF_01_02_03, 4), .. new uint[4]], cells);
    }

    [Fact]
    public void Begin_AfterALargerPicture_IsAsNew()
    {
        using CellPicture cells = CellPicture.Rent();
        Fill(cells, [.. Enumerable.Repeat(0x40_FF_FF_FFu, 100 * 100)], 100, 100, side: 3, rowsAtOnce: 100);

        uint[] next = Fill(cells, [0xFF_00_00_02, 0xFF_00_00_04], width: 2, height: 1, side: 2, rowsAtOnce: 1);

        Assert.Equal([0xFF_00_00_03], next);
    }

    private static uint[] CellsOf(uint[] pixels, int width, int height, int side, int rowsAtOnce)
    {
        using CellPicture cells = CellPicture.Rent();
        return Fill(cells, pixels, width, height, side, rowsAtOnce);
    }

    private static uint[] Fill(CellPicture cells, uint[] pixels, int width, int height, int side, int rowsAtOnce)
    {
        cells.Begin(width, height, side);
        for (int row = 0; row * width < pixels.Length; row += rowsAtOnce)
        {
            cells.Add(pixels.AsSpan(row * width, Math.Min(rowsAtOnce * width, pixels.Length - (row * width))), row);
        }

        cells.Complete();
        return [.. Enumerable.Range(0, cells.Height).SelectMany(row => cells.Row(row).ToArray())];
    }

    private static uint[] MeansOf(uint[] pixels, int width, int height, int side) =>
    [
        .. from top in Enumerable.Range(0, (height + side - 1) / side)
           from left in Enumerable.Range(0, (width + side - 1) / side)
           let cell = (from y in Enumerable.Range(top * side, side).Where(y => y < height)
                       from x in Enumerable.Range(left * side, side).Where(x => x < width)
                       select pixels[(y * width) + x]).ToArray()
           select 0xFF000000 | Mean(cell, 0) | (Mean(cell, 8) << 8) | (Mean(cell, 16) << 16),
    ];

    private static uint Mean(uint[] cell, int shift) => (uint)((cell.Sum(pixel => (pixel >> shift) & 0xFF) / (float)cell.Length) + 0.5f);
}
