using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats;
using PaletteEtl.Covers.Formats.Jpeg;
using PaletteEtl.Model;
using PaletteEtl.Palettes;
using PaletteEtl.Pipeline;
using SkiaSharp;

namespace Etl.IntegrationTests.Jpeg;

/// <summary>Skia decodes JPEGs for which libturbojpeg would need more memory than is free, or too long.</summary>
public sealed class TurboJpegLimitTests
{
    private const int PixelBytes = 60 * 90 * 4, RowBytes = 60 * 32 * 4; // of the project's own pictures

    private static readonly byte[] StartOfScan = [0xFF, 0xDA];

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, false)]
    public void TryOpen_Picture_IsTakenIfItsBytesAreFree(int bytesMore, bool isTaken) =>
        Assert.Equal(isTaken, IsTaken(Asset.Bytes("baseline.jpg"), free: PixelBytes + RowBytes + bytesMore));

    [Theory]
    [InlineData(1400, 9, 9, true)] // 7.7 MiB, which may fill the budget
    [InlineData(1400, 40, 8, true)]
    [InlineData(1500, 36, 36, true)] // 8.8 MiB
    [InlineData(1500, 35, 35, false)]
    [InlineData(1500, 40, 39, true)]
    [InlineData(1500, 40, 38, false)]
    public void TryOpen_LargePicture_IsTakenWithinAQuarterOfTheBudget(int side, int memory, int free, bool isTaken)
    {
        const int MiB = 1 << 20;
        using var bitmap = new SKBitmap(side, side);
        using SKData jpeg = bitmap.Encode(SKEncodedImageFormat.Jpeg, quality: 50);

        Assert.Equal(isTaken, IsTaken(jpeg.ToArray(), free * MiB, memory * MiB));
    }

    [Fact]
    public async Task DecodeAsync_OthersHoldTheMemory_DoesNotWait()
    {
        var budget = new MemoryBudget(PixelBytes + RowBytes);
        budget.TryTake(PixelBytes);
        using StageReservation reservation = Reservations.Of(budget);

        using DecodedCover decoded = await Decoders.Of(new DecodeOptions())
            .DecodeAsync(JpegFiles.Cover(Asset.Bytes("baseline.jpg")), reservation, default).AsTask().WaitAsync(TestTimeout);

        Assert.Equal(0, reservation.Waited);
    }

    [Fact]
    public void TryOpen_Picture_IsTakenUpToTheScansThatAreUsual()
    {
        byte[] progressive = Asset.Bytes("progressive.jpg");
        int scans = JpegScans.Read(progressive, JpegHeader.Read(progressive)).Count;

        Assert.True(IsTaken(WithScans(progressive, 24 - scans)));
        Assert.False(IsTaken(WithScans(progressive, 25 - scans)));
    }

    [Fact]
    public void Decode_MemoryForSkiaAlone_GivesTheSame()
    {
        byte[] jpeg = Asset.Bytes("baseline.jpg");

        DecodedJpeg little = JpegFiles.Decode(jpeg, new DecodeOptions { MemoryBudgetBytes = RowBytes });

        Assert.Equal(JpegFiles.Decode(jpeg, new DecodeOptions()), little);
        Assert.Null(little.Failure);
    }

    private static bool IsTaken(byte[] jpeg, long free = long.MaxValue, long memory = long.MaxValue)
    {
        Assert.SkipUnless(LibTurboJpeg.IsPresent, JpegFiles.NoLibrary);
        using Cover cover = JpegFiles.Cover(jpeg);
        var options = new DecodeOptions();
        var deadline = new Deadline(options.Timeout, TimeProvider.System);
        Sampling sampling = Decoders.SamplingOf(options, QuantizeAlgorithm.ColorThief);
        var context = new DecodeContext(options, sampling, memory, free, deadline);
        using OpenedCover? opened = TurboJpegCover.TryOpen(cover, new JpegFormat(), context);
        return opened is not null;
    }

    /// <summary>The picture with its last scan repeated.</summary>
    private static byte[] WithScans(byte[] jpeg, int more)
    {
        byte[] last = jpeg[jpeg.AsSpan().LastIndexOf(StartOfScan)..^2];
        return [.. jpeg[..^2], .. Enumerable.Repeat(last, more).SelectMany(scan => scan), .. jpeg[^2..]];
    }
}
