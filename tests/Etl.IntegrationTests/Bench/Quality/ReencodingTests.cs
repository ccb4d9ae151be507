using Etl.Host.Bench;
using Etl.Host.Bench.Quality;
using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats;
using SkiaSharp;

namespace Etl.IntegrationTests.Bench.Quality;

public sealed class ReencodingTests
{
    [Theory]
    [InlineData("png", "PNG", 400, 200)]
    [InlineData("webp80", "WebP", 400, 200)]
    [InlineData("jpeg70", "JPEG", 400, 200)]
    [InlineData("jpeg444", "JPEG", 400, 200)]
    [InlineData("narrow", "JPEG", 300, 150)]
    [InlineData("crop", "JPEG", 360, 180)]
    public void Encode_Cover_HasTheFormatAndTheSize(string name, string format, int width, int height)
    {
        using FullSizeCover cover = DrawnCover.Of(400, 200, static (x, y) => new SKColor((byte)x, (byte)y, 100));

        byte[] encoded = Assert.Single(Reencoding.All, way => way.Name == name).Encode(cover.Bitmap);

        using SKBitmap decoded = SKBitmap.Decode(encoded);
        Assert.Equal((format, width, height), (CoverFormat.Find(CoverFormats.All, encoded)!.Name, decoded.Width, decoded.Height));
    }

    [Fact]
    public void Encode_NarrowCover_KeepsItsWidth()
    {
        using FullSizeCover cover = DrawnCover.Of(40, 20, static (_, _) => SKColors.Red);

        byte[] encoded = Assert.Single(Reencoding.All, static way => way.Name == "narrow").Encode(cover.Bitmap);

        using SKBitmap decoded = SKBitmap.Decode(encoded);
        Assert.Equal((40, 20), (decoded.Width, decoded.Height));
    }

    [Fact]
    public void Applies_Png_IsFalse()
    {
        using FullSizeCover cover = DrawnCover.Of(4, 4, static (_, _) => SKColors.Red);

        Assert.Equal(
            [false, false, true, true, true, true], Reencoding.All.Select(way => Reencoding.Applies(way.Encode(cover.Bitmap))));
    }
}
