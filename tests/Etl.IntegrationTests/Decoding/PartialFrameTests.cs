using PaletteEtl.Hosting;
using PaletteEtl.Palettes;
using SkiaSharp;

namespace Etl.IntegrationTests.Decoding;

/// <summary>First frames that leave some of the picture out.</summary>
/// <remarks>Around the frame of a GIF without a transparent colour, Pillow has the first colour of the frame's table, and around that of
/// a WebP without alpha, black.</remarks>
public sealed class PartialFrameTests
{
    private const int Side = 60;

    private static readonly byte[] Colors =
        [10, 20, 30, 255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 0, 0, 255, 255, 255, 0, 255, 128, 128, 128];

    private readonly PaletteExtractor _extractor = new();
    private readonly PaletteExtractor _oklab = new(new EtlOptions { Quantize = { Algorithm = QuantizeAlgorithm.Oklab } });

    /// <summary>Left, top, width and height of the frame.</summary>
    public static TheoryData<int, int, int, int> Places => new()
    {
        { 10, 10, 30, 30 },
        { 0, 0, 60, 22 },
        { 0, 0, 34, 60 },
        { 32, 0, 28, 60 },
        { 0, 30, 60, 30 },
        { 58, 58, 2, 2 },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public void Extract_GifFrameWithoutTransparentColour_CountsTheFirstColourAroundIt(int left, int top, int width, int height)
    {
        var gif = new GifFile(Side, Colors);

        Palette expected = _extractor.Extract(gif.With(0, 0, Side, Around(left, top, width, height, background: 0)));

        Assert.Equal(expected, _extractor.Extract(gif.With(left, top, width, Indexes(width * height))));
        Assert.Equal(expected, _extractor.Extract((gif with { IsLocal = true }).With(left, top, width, Indexes(width * height))));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Extract_GifFrameWithTransparentColour_CountsNothingAroundIt(int left, int top, int width, int height)
    {
        var gif = new GifFile(Side, Colors) { Transparent = 4 };

        Palette expected = _extractor.Extract(gif.With(0, 0, Side, Around(left, top, width, height, background: 4)));

        Assert.Equal(expected, _extractor.Extract(gif.With(left, top, width, Indexes(width * height))));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Extract_GifFrameWithOklab_CountsNothingAroundIt(int left, int top, int width, int height)
    {
        var gif = new GifFile(Side, Colors);

        Palette expected = _oklab.Extract((gif with { Transparent = 7 }).With(0, 0, Side, Around(left, top, width, height, background: 7)));

        Assert.Equal(expected, _oklab.Extract(gif.With(left, top, width, Indexes(width * height))));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Extract_WebPFrameWithoutAlpha_CountsBlackAroundIt(int left, int top, int width, int height)
    {
        using SKBitmap frame = Picture(width, height), whole = Picture(left, top, frame, SKColors.Black);

        Assert.Equal(
            _extractor.Extract(WebPFile.Of(whole)),
            _extractor.Extract(WebPFile.Animation(Side, frame, left, top, hasAlpha: false)));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Extract_WebPFrameWithAlpha_CountsNothingAroundIt(int left, int top, int width, int height)
    {
        using SKBitmap frame = Picture(width, height), whole = Picture(left, top, frame, SKColors.Transparent);

        Assert.Equal(
            _extractor.Extract(WebPFile.Of(whole)),
            _extractor.Extract(WebPFile.Animation(Side, frame, left, top, hasAlpha: true)));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(4, 8)]
    [InlineData(6, 6)]
    public void Extract_GifFrameBeyondTheScreen_CountsTheFirstColourOfTheLargerPicture(int left, int top)
    {
        var gif = new GifFile(Side, Colors);
        byte[] above = [.. Enumerable.Repeat((byte)0, (Side + left) * top)];
        byte[] before = new byte[left];

        Palette expected = _extractor.Extract((gif with { Side = Side + left }).With(
            0, 0, Side + left, [.. above, .. Indexes(Side * Side).Chunk(Side).SelectMany(indexes => (byte[])[.. before, .. indexes])]));

        Assert.Equal(expected, _extractor.Extract(gif.With(left, top, Side, Indexes(Side * Side))));
    }

    [Theory]
    [InlineData(34, 60)]
    [InlineData(60, 60)]
    public void Extract_StillWebPWhoseHeaderDeniesItsAlpha_CountsNoTransparentPixel(int width, int height)
    {
        using SKBitmap frame = Picture(width, height), whole = Picture(0, 0, frame, SKColors.Transparent);

        Assert.Equal(_extractor.Extract(WebPFile.Of(whole)), _extractor.Extract(WebPFile.StillWithoutAlpha(whole)));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Extract_WebPFrameWithOklab_CountsNothingAroundIt(int left, int top, int width, int height)
    {
        using SKBitmap frame = Picture(width, height), whole = Picture(left, top, frame, SKColors.Transparent);

        Assert.Equal(
            _oklab.Extract(WebPFile.Of(whole)),
            _oklab.Extract(WebPFile.Animation(Side, frame, left, top, hasAlpha: false)));
    }

    [Theory]
    [InlineData("webp_animpart__00719.webp", 6)]
    [InlineData("min_partial.gif", 4)] // the reference invents the others from empty boxes
    public void ExtractFile_ReportedCase_BeginsWithTheReferencesColours(string file, int colors)
    {
        Assert.SkipWhen(ReferenceImages.Cases is null, ReferenceImages.NoCases);
        ReferenceImage image = ReferenceImages.Case(file);

        string[] palette = _extractor.ExtractFile(image.Path).ToJson().Split("], ");

        Assert.Equal(image.Palette!.Split("], ")[..colors], palette[..colors]);
    }

    /// <summary>Indexes of the screen, with those of a frame at a place.</summary>
    private static byte[] Around(int left, int top, int width, int height, byte background)
    {
        byte[] screen = [.. Enumerable.Repeat(background, Side * Side)];
        byte[] frame = Indexes(width * height);
        for (int row = 0; row < height; row++)
        {
            frame.AsSpan(row * width, width).CopyTo(screen.AsSpan(((top + row) * Side) + left));
        }

        return screen;
    }

    /// <summary>Some of the indexes 1 to 6.</summary>
    private static byte[] Indexes(int count)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(_ => (byte)random.Next(1, 7))];
    }

    private static SKBitmap Picture(int width, int height)
    {
        var picture = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        var random = new Random(width);
        picture.Pixels = [.. Enumerable.Range(0, width * height).Select(_ => new SKColor((uint)random.Next(0xE0E0E0)).WithAlpha(255))];
        return picture;
    }

    private static SKBitmap Picture(int left, int top, SKBitmap frame, SKColor background)
    {
        var picture = new SKBitmap(new SKImageInfo(Side, Side, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        picture.Erase(background);
        for (int y = 0; y < frame.Height; y++)
        {
            for (int x = 0; x < frame.Width; x++)
            {
                picture.SetPixel(left + x, top + y, frame.GetPixel(x, y));
            }
        }

        return picture;
    }
}
