using NetVips;
using PaletteEtl.Hosting;

namespace Etl.IntegrationTests.Avif;

/// <summary>A program that uses NetVips itself, beside the library.</summary>
public sealed class EmbeddedVipsTests
{
    [Theory]
    [InlineData("rgba.png", "pngload", 4)]
    [InlineData("baseline.jpg", "jpegload", 3)]
    [InlineData("lossless.webp", "webpload", 4)]
    public void NewFromFile_AfterAnAvif_LoadsOtherFormats(string file, string loader, int bands)
    {
        new PaletteExtractor().ExtractFile(Asset.PathOf("lossy.avif"));

        using Image image = Image.NewFromFile(Asset.PathOf(file));

        Assert.Equal((loader, bands), ((string)image.Get("vips-loader"), image.Bands));
    }
}
