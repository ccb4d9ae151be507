using Etl.Host.Bench;
using PaletteEtl.Covers;
using PaletteEtl.Model;
using PaletteEtl.Palettes;
using SkiaSharp;

namespace Etl.IntegrationTests.Bench;

public sealed class PaletteErrorTests
{
    private static readonly Rgb White = new(255, 255, 255), Black = new(0, 0, 0);

    [Fact]
    public void Of_WhiteCoverAndBlackPalette_IsAHundred() =>
        Assert.Equal(100, ErrorOf(new Palette(Black), SKColors.White), tolerance: 0.01);

    [Fact]
    public void Of_PaletteWithTheCoversColors_IsNone() =>
        Assert.Equal(0, ErrorOf(new Palette(Black, White), SKColors.White, SKColors.Black), tolerance: 0.01);

    [Fact]
    public void Of_TransparentPixels_AreNotSeen() =>
        Assert.Equal(0, ErrorOf(new Palette(White), SKColors.White, SKColors.Black.WithAlpha(124)), tolerance: 0.01);

    [Fact]
    public void Of_EverySecondPixelBlack_IsHalfTheDistance() =>
        Assert.Equal(50, ErrorOf(new Palette(White), SKColors.White, SKColors.Black), tolerance: 0.01);

    /// <summary>The error of a palette for a cover of 700 pixels, in which colours take turns.</summary>
    private static double ErrorOf(Palette palette, params SKColor[] colors)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(700, 1, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        for (int x = 0; x < bitmap.Width; x++)
        {
            bitmap.SetPixel(x, 0, colors[x % colors.Length]);
        }

        using SKData png = bitmap.Encode(SKEncodedImageFormat.Png, quality: 100);
        var data = new NativeBuffer((int)png.Size);
        png.AsSpan().CopyTo(data.GetSpan());
        using var cover = new Cover(data, new CoverVersion(null, null, null), reservation: null);
        return PaletteError.Of(PixelSample.Of(cover), palette);
    }
}
