using Microsoft.Extensions.Options;
using PaletteEtl.Hosting;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.IntegrationTests;

public sealed class PaletteExtractorTests
{
    private readonly PaletteExtractor _extractor = new();

    [Theory]
    [InlineData("baseline.jpg", "[[213, 146, 98], [57, 101, 87], [169, 110, 70], [63, 72, 116], [130, 110, 84], [177, 164, 92]]")]
    [InlineData("progressive.jpg", "[[76, 105, 87], [203, 113, 58], [45, 65, 108], [170, 113, 70], [247, 244, 212], [108, 148, 68]]")]
    [InlineData("rgba.png", "[[59, 107, 86], [196, 115, 61], [41, 63, 108], [137, 113, 82], [244, 244, 212], [132, 140, 68]]")]
    [InlineData("palette.png", "[[79, 140, 76], [208, 107, 59], [128, 108, 88], [61, 74, 108], [76, 92, 108], [252, 252, 239]]")]
    [InlineData("interlaced.png", "[[201, 109, 57], [71, 104, 87], [169, 140, 74], [41, 63, 108], [155, 120, 78], [244, 244, 212]]")]
    [InlineData("lossy.webp", "[[216, 168, 110], [58, 100, 87], [173, 104, 65], [129, 109, 84], [36, 60, 132], [188, 164, 76]]")]
    [InlineData("lossless.webp", "[[59, 107, 86], [196, 115, 61], [41, 63, 108], [137, 113, 82], [244, 244, 212], [132, 140, 68]]")]
    [InlineData("animated.gif", "[[220, 146, 108], [79, 140, 76], [135, 112, 88], [61, 74, 108], [76, 92, 108], [92, 92, 91]]")]
    [InlineData("lossy.avif", "[[64, 107, 86], [198, 116, 60], [43, 65, 108], [145, 116, 80], [247, 244, 207], [108, 148, 68]]")]
    [InlineData("picture.bmp", "[[120, 105, 87], [95, 92, 92], [195, 60, 44], [81, 84, 96], [140, 116, 84], [164, 76, 60]]")]
    public void ExtractFile_OwnImage_GivesTheRecordedPalette(string file, string palette) =>
        Assert.Equal(palette, _extractor.ExtractFile(Asset.PathOf(file)).ToJson());

    [Fact]
    public void ExtractFile_SamePixelsInAnotherFormat_GivesTheSamePalette() => Assert.Equal(
        _extractor.ExtractFile(Asset.PathOf("rgba.png")), _extractor.ExtractFile(Asset.PathOf("lossless.webp")));

    [Fact]
    public async Task Extract_FromFileBytesAndStreams_GivesTheSamePalette()
    {
        string path = Asset.PathOf("rgba.png");
        byte[] bytes = Asset.Bytes("rgba.png");

        Palette[] palettes =
        [
            _extractor.ExtractFile(path),
            await _extractor.ExtractFileAsync(path),
            _extractor.Extract(bytes),
            _extractor.Extract(new MemoryStream(bytes)),
            await _extractor.ExtractAsync(new MemoryStream(bytes)),
            _extractor.ExamineFile(path).Palette,
            (await _extractor.ExamineFileAsync(path)).Palette,
            _extractor.Examine(bytes).Palette,
            _extractor.Examine(new MemoryStream(bytes)).Palette,
            (await _extractor.ExamineAsync(new MemoryStream(bytes))).Palette,
        ];

        Assert.Single(palettes.Distinct());
    }

    [Fact]
    public void Extract_StreamInTheMiddle_ReadsFromThere()
    {
        using var stream = new MemoryStream([1, 2, 3, .. Asset.Bytes("baseline.jpg")]) { Position = 3 };

        Assert.Equal(_extractor.ExtractFile(Asset.PathOf("baseline.jpg")), _extractor.Extract(stream));
    }

    [Fact]
    public void Extract_ManyAtOnce_GivesEachItsOwnPalette()
    {
        string[] files = ["baseline.jpg", "rgba.png", "lossy.webp", "animated.gif"];
        Dictionary<string, Palette> expected = files.ToDictionary(file => file, file => _extractor.ExtractFile(Asset.PathOf(file)));

        Parallel.For(0, 200, i =>
        {
            string file = files[i % files.Length];
            Assert.Equal(expected[file], _extractor.ExtractFile(Asset.PathOf(file)));
        });
    }

    [Fact]
    public async Task ExtractAsync_BudgetsOfOnePicture_WaitsAndGivesEachItsPalette()
    {
        byte[] bytes = Asset.Bytes("rgba.png");
        var extractor = new PaletteExtractor(new EtlOptions
        {
            Fetch = { MaxCoverBytes = bytes.Length, MemoryBudgetBytes = bytes.Length },
            Decode = { MemoryBudgetBytes = 60 * 90 * 4 },
        });

        Palette[] palettes = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => Task.Run(() => extractor.ExtractAsync(new MemoryStream(bytes)))))
            .WaitAsync(TestTimeout, TestContext.Current.CancellationToken);

        Assert.Equal([extractor.Extract(bytes)], palettes.Distinct());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ExtractAsync_BudgetIsTaken_ReadsOnceItIsGivenBack(bool first)
    {
        byte[] bytes = Asset.Bytes("rgba.png");
        var input = new Commands.GatedInput(bytes);
        var extractor = new PaletteExtractor(new EtlOptions { Fetch = { MaxCoverBytes = bytes.Length, MemoryBudgetBytes = bytes.Length } });
        Stream one = input.Open(), other = first ? new MemoryStream(bytes) : input.Open();
        using var cancel = new CancellationTokenSource();

        Task<Palette> reading = extractor.ExtractAsync(one, cancel.Token);
        Task<Palette> waiting = extractor.ExtractAsync(other);
        await Eventually.StaysAt((1, false), () => (input.Asked, waiting.IsCompleted));
        await cancel.CancelAsync();
        input.Let(first ? 0 : 1);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(TestTimeout, TestContext.Current.CancellationToken));
        Assert.Equal(
            _extractor.Extract(bytes), await waiting.WaitAsync(TestTimeout, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ExtractAsync_FailsForMoreBytesThanAllowed_GivesTheBudgetBack()
    {
        byte[] bytes = Asset.Bytes("rgba.png");
        var extractor = new PaletteExtractor(new EtlOptions { Fetch = { MaxCoverBytes = bytes.Length, MemoryBudgetBytes = bytes.Length } });
        var input = new Commands.GatedInput([.. bytes, 0]);
        Stream endless = input.Open();
        input.Let(0);

        CoverException error = await Assert.ThrowsAsync<CoverException>(() => extractor.ExtractAsync(endless));
        Palette after = await extractor.ExtractAsync(new MemoryStream(bytes))
            .WaitAsync(TestTimeout, TestContext.Current.CancellationToken);

        Assert.Equal(FailureReason.TooLarge, error.Reason);
        Assert.Equal(_extractor.Extract(bytes), after);
    }

    [Theory]
    [InlineData("", FailureReason.Empty)]
    [InlineData("hello", FailureReason.UnsupportedFormat)]
    [InlineData("<!DOCTYPE html><title>404</title>", FailureReason.UnsupportedFormat)]
    public void Extract_NoPicture_FailsWithTheReason(string content, FailureReason reason) =>
        AssertFails(reason, System.Text.Encoding.UTF8.GetBytes(content));

    [Theory]
    [InlineData("baseline.jpg")]
    [InlineData("progressive.jpg")]
    [InlineData("rgba.png")]
    [InlineData("palette.png")]
    [InlineData("interlaced.png")]
    [InlineData("lossy.webp")]
    [InlineData("lossless.webp")]
    [InlineData("animated.gif")]
    [InlineData("picture.bmp")]
    [InlineData("lossy.avif")]
    public void Extract_CutOffAnywhere_FailsAsTruncatedOrGivesAPalette(string file)
    {
        byte[] whole = Asset.Bytes(file);

        for (int length = 12; length < whole.Length; length++)
        {
            Exception? thrown = Record.Exception(() => Assert.Equal(6, _extractor.Extract(whole.AsSpan(0, length)).Count));

            Assert.True(
                thrown is null or CoverException { Reason: FailureReason.Truncated },
                $"{file} cut off at {length}: {thrown}");
        }
    }

    [Fact]
    public void Extract_HalfAJpeg_FailsAsTruncated() =>
        AssertFails(FailureReason.Truncated, Asset.Bytes("baseline.jpg").AsSpan(0, 900));

    [Fact]
    public void Extract_DamagedHeader_FailsAsCorrupt()
    {
        byte[] png = Asset.Bytes("rgba.png");
        png[24] = 3; // the bit depth

        AssertFails(FailureReason.Corrupt, png);
    }

    [Fact]
    public void Extract_DamagedAnywhere_FailsWithAReasonOrGivesAPalette()
    {
        var random = new Random(1);
        foreach (string file in (string[])["baseline.jpg", "progressive.jpg", "rgba.png", "lossy.webp", "animated.gif", "picture.bmp"])
        {
            byte[] whole = Asset.Bytes(file);
            for (int time = 0; time < 100; time++)
            {
                byte[] damaged = [.. whole];
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));

                Exception? thrown = Record.Exception(() => Assert.Equal(6, _extractor.Extract(damaged).Count));

                Assert.True(thrown is null or CoverException, $"{file}: {thrown}");
            }
        }
    }

    [Theory]
    [InlineData("baseline.jpg")]
    [InlineData("progressive.jpg")]
    [InlineData("rgba.png")]
    [InlineData("lossy.webp")]
    [InlineData("animated.gif")]
    [InlineData("lossy.avif")]
    public void Extract_MorePixelsThanAllowed_FailsAsTooManyPixels(string file)
    {
        var extractor = new PaletteExtractor(new EtlOptions { Decode = { MaxPixels = (60 * 90) - 1 } });

        var error = Assert.Throws<CoverException>(() => extractor.ExtractFile(Asset.PathOf(file)));

        Assert.Equal(FailureReason.TooManyPixels, error.Reason);
        Assert.Contains("60 x 90", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rgba.png", 60 * 90 * 4)]
    [InlineData("interlaced.png", 60 * 90 * 8)]
    [InlineData("lossy.webp", 60 * 90 * 8)]
    [InlineData("animated.gif", 60 * 90 * 5)]
    [InlineData("lossy.avif", (60 * 90 * 20) + 1480)]
    public void Extract_PictureNeedsTheWholeBudget_IsDecodedAndWithOneByteLessRefused(string file, long bytes)
    {
        var enough = new PaletteExtractor(new EtlOptions { Decode = { MemoryBudgetBytes = bytes } });
        var less = new PaletteExtractor(new EtlOptions { Decode = { MemoryBudgetBytes = bytes - 1 } });

        Assert.Equal(6, enough.ExtractFile(Asset.PathOf(file)).Count);
        var error = Assert.Throws<CoverException>(() => less.ExtractFile(Asset.PathOf(file)));
        Assert.Equal(FailureReason.TooManyPixels, error.Reason);
    }

    [Fact]
    public void Extract_MoreBytesThanAllowed_FailsAsTooLarge()
    {
        byte[] bytes = Asset.Bytes("baseline.jpg");
        var extractor = new PaletteExtractor(new EtlOptions { Fetch = { MaxCoverBytes = bytes.Length - 1 } });

        Assert.Equal(FailureReason.TooLarge, Assert.Throws<CoverException>(() => extractor.Extract(bytes)).Reason);
        Assert.Equal(FailureReason.TooLarge, Assert.Throws<CoverException>(() => extractor.Extract(new MemoryStream(bytes))).Reason);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(20)]
    public void Extract_ColourCount_GivesThatMany(int colors)
    {
        var extractor = new PaletteExtractor(new EtlOptions { Quantize = { ColorCount = colors } });

        Assert.Equal(colors, extractor.ExtractFile(Asset.PathOf("baseline.jpg")).Count);
    }

    [Fact]
    public void Constructor_OptionOutOfRange_IsRefused() => Assert.Throws<OptionsValidationException>(
        () => new PaletteExtractor(new EtlOptions { Quantize = { ColorCount = 21 } }));

    [Fact]
    public void ExtractFile_NoSuchFile_ThrowsWhatTheFileSystemSays() =>
        Assert.Throws<FileNotFoundException>(() => _extractor.ExtractFile(Asset.PathOf("none.jpg")));

    private void AssertFails(FailureReason reason, ReadOnlySpan<byte> image)
    {
        byte[] bytes = image.ToArray();

        Assert.Equal(reason, Assert.Throws<CoverException>(() => _extractor.Extract(bytes)).Reason);
    }
}
