using Etl.Host.Thumbnails;
using Etl.IntegrationTests.Avif;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PaletteEtl.Hosting;
using PaletteEtl.Model;
using SkiaSharp;

namespace Etl.IntegrationTests.Thumbnails;

public sealed class ThumbnailSourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("etl-thumbnails-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("animated.gif")]
    [InlineData("baseline.jpg")]
    [InlineData("progressive.jpg")]
    [InlineData("interlaced.png")]
    [InlineData("palette.png")]
    [InlineData("rgba.png")]
    [InlineData("lossless.webp")]
    [InlineData("lossy.webp")]
    [InlineData("lossy.avif")]
    [InlineData("picture.bmp")]
    public async Task TryMakeAsync_CoverOfAnyFormat_IsASmallPictureOfIt(string file)
    {
        using SKBitmap? thumbnail = await MakeAsync(Asset.Bytes(file));

        Assert.NotNull(thumbnail);
        Assert.Equal(60, thumbnail.Width); // smaller than the box, so as large as it is
    }

    [Theory]
    [InlineData(1_000, 1_500, SKEncodedImageFormat.Jpeg, 160, 240)]
    [InlineData(1_001, 1_499, SKEncodedImageFormat.Jpeg, 160, 240)]
    [InlineData(1_000, 1_500, SKEncodedImageFormat.Png, 160, 240)]
    [InlineData(1_000, 1_500, SKEncodedImageFormat.Webp, 160, 240)]
    [InlineData(1_000, 1_500, SKEncodedImageFormat.Avif, 160, 240)]
    [InlineData(2_000, 500, SKEncodedImageFormat.Jpeg, 360, 90)]
    [InlineData(4_000, 1, SKEncodedImageFormat.Png, 360, 1)]
    public async Task TryMakeAsync_LargeCover_FitsTheBoxInItsProportionsAndColours(
        int width, int height, SKEncodedImageFormat format, int expectedWidth, int expectedHeight)
    {
        using SKBitmap cover = TwoHalves(width, height);
        byte[] bytes = format == SKEncodedImageFormat.Avif ? AvifPicture.Encode(cover) : cover.Encode(format, 90).ToArray();

        using SKBitmap? thumbnail = await MakeAsync(bytes);

        Assert.NotNull(thumbnail);
        Assert.Equal((expectedWidth, expectedHeight), (thumbnail.Width, thumbnail.Height));
        AssertNear(SKColors.Crimson, thumbnail.GetPixel(expectedWidth / 4, expectedHeight / 2));
        AssertNear(SKColors.SteelBlue, thumbnail.GetPixel(expectedWidth * 3 / 4, expectedHeight / 2));
    }

    [Fact]
    public async Task TryMakeAsync_NoCover_IsNull() => Assert.Null(await MakeAsync(bytes: null));

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    public async Task TryMakeAsync_NoPicture_IsNull(string text) => Assert.Null(await MakeAsync(System.Text.Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("baseline.jpg")]
    [InlineData("interlaced.png")]
    [InlineData("lossy.webp")]
    [InlineData("lossy.avif")]
    public async Task TryMakeAsync_CutOffCover_IsNull(string file) => Assert.Null(await MakeAsync(Asset.Bytes(file)[..^100]));

    [Fact]
    public async Task TryMakeAsync_CutOffCoverThatIsAccepted_IsWhatThereIsOfIt()
    {
        using SKBitmap? thumbnail = await MakeAsync(Asset.Bytes("rgba.png")[..^100], new KeyValuePair<string, string?>("Etl:Decode:AcceptTruncated", "true"));

        Assert.NotNull(thumbnail);
    }

    [Theory]
    [InlineData("Etl:Decode:MaxPixels", "5399")]
    [InlineData("Etl:Decode:MemoryBudgetBytes", "1000")]
    [InlineData("Etl:Fetch:MaxCoverBytes", "1000")]
    public async Task TryMakeAsync_CoverBeyondALimit_IsNull(string key, string value) =>
        Assert.Null(await MakeAsync(Asset.Bytes("rgba.png"), new KeyValuePair<string, string?>(key, value)));

    [Fact]
    public async Task TryMakeAsync_IdThatNamesNoCover_IsNull()
    {
        await using ServiceProvider services = Services();

        Assert.Null(await Source(services).TryMakeAsync(new Movie(default, new MovieId("../secret")), TestContext.Current.CancellationToken));
        Assert.Null(await Source(services).TryMakeAsync(new Movie(default, new MovieId(null)), TestContext.Current.CancellationToken));
    }

    private async Task<SKBitmap?> MakeAsync(byte[]? bytes, params KeyValuePair<string, string?>[] settings)
    {
        if (bytes is not null)
        {
            await File.WriteAllBytesAsync(Path.Combine(_folder, "1.jpg"), bytes, TestContext.Current.CancellationToken);
        }

        await using ServiceProvider services = Services(settings);
        Thumbnail? thumbnail = await Source(services).TryMakeAsync(new Movie(default, new MovieId(1L)), TestContext.Current.CancellationToken);
        SKBitmap? picture = thumbnail is null ? null : SKBitmap.Decode(thumbnail.Bytes);
        Assert.Equal((thumbnail?.Width, thumbnail?.Height), (picture?.Width, picture?.Height));
        return picture;
    }

    private ServiceProvider Services(params KeyValuePair<string, string?>[] settings) => new ServiceCollection()
        .AddEtl(new ConfigurationBuilder()
            .AddInMemoryCollection([new("Etl:Fetch:Locations:0", Path.Combine(_folder, "{id}.jpg")), .. settings])
            .Build())
        .BuildServiceProvider();

    private static ThumbnailSource Source(ServiceProvider services) => ActivatorUtilities.CreateInstance<ThumbnailSource>(services);

    private static SKBitmap TwoHalves(int width, int height)
    {
        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(SKColors.Crimson);
        bitmap.Erase(SKColors.SteelBlue, new SKRectI(width / 2, 0, width, height));
        return bitmap;
    }

    private static void AssertNear(SKColor expected, SKColor actual) => Assert.True(
        Math.Abs(expected.Red - actual.Red) + Math.Abs(expected.Green - actual.Green) + Math.Abs(expected.Blue - actual.Blue) < 24,
        $"{expected} and {actual}");
}
