using Etl.Decode;
using Etl.Fetch;
using Etl.Quantize;
using SkiaSharp;

namespace Etl.IntegrationTests.Jpeg;

/// <summary>What would take libturbojpeg much memory or long is left to Skia.</summary>
public sealed class TurboJpegLimitTests
{
    private const int PixelBytes = 60 * 90 * 4, RowBytes = 60 * 32 * 4; // of the project's own pictures

    private static readonly byte[] StartOfScan = [0xFF, 0xDA];

    [Theory]
    [InlineData(2_000, 3_000, true)]
    [InlineData(2_048, 3_072, true)]
    [InlineData(2_048, 3_073, false)]
    public void TryOpen_Picture_IsTakenUpTo24MiBOfPixels(int width, int height, bool isTaken)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Jpeg, quality: 50);

        Assert.Equal(isTaken, IsTaken(data.ToArray(), long.MaxValue));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, false)]
    public void TryOpen_Picture_IsTakenUpToAWorkersShareOfTheBudget(int bytesMore, bool isTaken)
    {
        long needed = PixelBytes + RowBytes;

        Assert.Equal(isTaken, IsTaken(Asset.Bytes("baseline.jpg"), (4 * needed) + bytesMore, workers: 4));
    }

    [Fact]
    public void TryOpen_Picture_IsTakenUpToTheScansThatAreUsual()
    {
        byte[] progressive = Asset.Bytes("progressive.jpg");
        int scans = JpegScans.Read(progressive, JpegHeader.Read(progressive)).Count;

        Assert.True(IsTaken(WithScans(progressive, 24 - scans), long.MaxValue));
        Assert.False(IsTaken(WithScans(progressive, 25 - scans), long.MaxValue));
    }

    [Fact]
    public void Decode_MemoryForSkiaAlone_GivesTheSame()
    {
        byte[] jpeg = Asset.Bytes("baseline.jpg");

        DecodedJpeg little = JpegFiles.Decode(jpeg, new DecodeOptions { MemoryBudgetBytes = RowBytes });

        Assert.Equal(JpegFiles.Decode(jpeg, new DecodeOptions()), little);
        Assert.Null(little.Failure);
    }

    private static bool IsTaken(byte[] jpeg, long memory, int workers = 1)
    {
        Assert.SkipUnless(LibTurboJpeg.IsPresent, JpegFiles.NoLibrary);
        using Cover cover = JpegFiles.Cover(jpeg);
        var options = new DecodeOptions { DegreeOfParallelism = workers };
        var deadline = new Deadline(options.Timeout, TimeProvider.System);
        var sampling = Sampling.Of(options, QuantizeAlgorithm.ColorThief);
        using TurboJpegCoverDecoder? opened = TurboJpegCoverDecoder.TryOpen(cover, options, sampling, memory, deadline);
        return opened is not null;
    }

    /// <summary>The picture with its last scan repeated.</summary>
    private static byte[] WithScans(byte[] jpeg, int more)
    {
        byte[] last = jpeg[jpeg.AsSpan().LastIndexOf(StartOfScan)..^2];
        return [.. jpeg[..^2], .. Enumerable.Repeat(last, more).SelectMany(scan => scan), .. jpeg[^2..]];
    }
}
