using CsCheck;
using PaletteEtl.Palettes;

namespace Etl.Tests.Palettes;

/// <summary>The very small picture of a cover.</summary>
public sealed class RasterTests
{
    private const uint Red = 0xFF_00_00_FF, Blue = 0xFF_FF_00_00;

    [Theory]
    [InlineData(640, 960, 21, 32)]
    [InlineData(960, 640, 32, 21)]
    [InlineData(20, 10, 20, 10)]
    [InlineData(1, 10_000, 1, 32)]
    public void Build_AnySize_KeepsTheProportions(int width, int height, int expectedWidth, int expectedHeight)
    {
        Raster raster = Of(new uint[width * height], width, height);

        Assert.Equal((expectedWidth, expectedHeight), (raster.Width, raster.Height));
    }

    [Fact]
    public void Build_SmallPicture_IsThePicture()
    {
        uint[] pixels = [Red, Blue, 0x80_10_20_30, 0];

        Assert.Equal(pixels, Of(pixels, 2, 2).Pixels);
    }

    [Fact]
    public void Build_Areas_HaveTheMeansOfTheirPixels() => Gen.Select(Gen.Int[1, 32], Gen.Int[1, 32], Gen.Int[1, 7], Gen.UInt.Array[1_024]).Sample(
        (width, height, factor, colors) =>
        {
            if (factor > 1 && Math.Max(width, height) < Raster.MaxSide)
            {
                width = Raster.MaxSide; // smaller ones are not reduced
            }

            uint[] pixels = new uint[width * height * factor * factor];
            for (int i = 0; i < pixels.Length; i++)
            {
                int x = i % (width * factor) / factor, y = i / (width * factor) / factor;
                pixels[i] = colors[(y * width) + x] | 0xFF_00_00_00;
            }

            Assert.Equal(
                colors.Take(width * height).Select(static color => color | 0xFF_00_00_00), Of(pixels, width * factor, height * factor).Pixels);
        });

    [Fact]
    public void Build_TransparentPixels_WeighNothing()
    {
        uint[] pixels = [.. Enumerable.Range(0, 64 * 64).Select(static i => i % 2 == 0 ? Red : 0x00_FF_FF_FFu)];

        Raster raster = Of(pixels, 64, 64);

        Assert.All(raster.Pixels, static pixel => Assert.Equal(0x80_00_00_FFu, pixel));
    }

    [Fact]
    public void Build_LongRunsOfWhite_DoNotOverflow()
    {
        uint[] pixels = new uint[40_000 * 2];
        pixels.AsSpan().Fill(uint.MaxValue);

        Assert.All(Of(pixels, 40_000, 2).Pixels, static pixel => Assert.Equal(uint.MaxValue, pixel));
    }

    [Fact]
    public void Build_PictureThatEndsEarly_IsTransparentBelow()
    {
        using var builder = new RasterBuilder();
        builder.Begin(64, 64);
        uint[] pixels = new uint[64 * 32];
        pixels.AsSpan().Fill(Blue);

        builder.Add(pixels.AsSpan(0, pixels.Length - 7), row: 0);
        Raster raster = builder.Build(profile: null);

        Assert.All(raster.Pixels[..(32 * 16)], static pixel => Assert.Equal(Blue, pixel));
        Assert.All(raster.Pixels[(32 * 16)..], static pixel => Assert.Equal(0u, pixel));
    }

    private static Raster Of(uint[] pixels, int width, int height)
    {
        using var builder = new RasterBuilder();
        builder.Begin(width, height);
        int half = height / 2;
        builder.Add(pixels.AsSpan(half * width), half); // rows may come in any order
        builder.Add(pixels.AsSpan(0, half * width), row: 0);
        return builder.Build(profile: null);
    }
}
