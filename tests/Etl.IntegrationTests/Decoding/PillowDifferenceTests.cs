using System.Buffers.Binary;
using PaletteEtl.Covers;
using PaletteEtl.Hosting;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.IntegrationTests.Decoding;

/// <summary>Pictures that Pillow decodes differently, as docs/palette.md lists them, with this project's own palettes.</summary>
public sealed class PillowDifferenceTests
{
    private static readonly PaletteExtractor Extractor = new();

    /// <summary>Bits of a grey sample, and a key that is the number of a grey in the file and not the grey itself.</summary>
    public static TheoryData<byte, int> GreyKeys => new() { { 1, 1 }, { 2, 1 }, { 2, 3 }, { 4, 7 }, { 4, 15 } };

    [Theory]
    [MemberData(nameof(GreyKeys))]
    public void Extract_GreyPngOfFewBitsWithKey_LeavesOutTheSamplesEqualToTheKey(byte bits, int key)
    {
        int highest = (1 << bits) - 1;
        int[] samples = [.. Enumerable.Range(0, 900).Select(i => i / 10 % (highest + 1))];

        Palette expected = Extractor.Extract(PngFile.OfSamples(
            8, PngFile.Rgba, [.. samples.SelectMany(sample => Grey(sample * 255 / highest, sample == key ? 0 : 255))]));

        Assert.Equal(expected, Extractor.Extract(PngFile.OfSamples(bits, PngFile.Grey, samples, Key(key))));
    }

    [Theory]
    [InlineData(0xA1A1)]
    [InlineData(0xA1F5)] // Pillow compares its low byte with the high bytes of samples
    [InlineData(0x4080)]
    public void Extract_SixteenBitPngWithKey_LeavesOutTheSamplesEqualToTheKey(int key)
    {
        int[] samples = [.. Enumerable.Range(0, 900).Select(i => (int[])[0xA1A1, 0xA1F5, 0x4080, 0xF5F5, 0x8040, 0x2000])
            .SelectMany((values, i) => Enumerable.Repeat(values[i / 10 % values.Length], 3))];

        Palette expected = Extractor.Extract(PngFile.OfSamples(
            8, PngFile.Rgba, [.. samples.Where((_, i) => i % 3 == 0).SelectMany(sample => Grey(sample >> 8, sample == key ? 0 : 255))]));

        Assert.Equal(expected, Extractor.Extract(PngFile.OfSamples(16, PngFile.Rgb, samples, Key(key, key, key))));
    }

    [Theory]
    [InlineData(0x0100, 0x00FF)]
    [InlineData(0x1000, 0x8000)]
    public void Extract_SixteenBitGreyPng_ScalesItsGreys(int dark, int light)
    {
        int[] samples = [.. Enumerable.Range(0, 400).Select(i => i / 10 % 2 == 0 ? dark : light)];

        Palette expected = Extractor.Extract(
            PngFile.OfSamples(8, PngFile.Rgba, [.. samples.SelectMany(sample => Grey(sample >> 8, 255))]));

        Assert.Equal(expected, Extractor.Extract(PngFile.OfSamples(16, PngFile.Grey, samples)));
    }

    [Theory]
    [InlineData(3, "[[252, 252, 252], [44, 84, 124], [252, 252, 252], [44, 84, 124], [252, 252, 252], [44, 84, 124]]")]
    [InlineData(2, "[[44, 84, 124], [44, 84, 124], [44, 84, 124], [44, 84, 124], [44, 84, 124], [44, 84, 124]]")]
    [InlineData(1, "[[44, 84, 124], [44, 84, 124], [44, 84, 124], [44, 84, 124], [44, 84, 124], [44, 84, 124]]")]
    public void Extract_IndexedPngWithMoreAlphasThanColours_IgnoresThemAll(int alphas, string palette)
    {
        byte[] png = PngFile.OfSamples(
            8, PngFile.Indexed, [.. Enumerable.Range(0, 400).Select(i => i / 10 % 2)],
            PngFile.Chunk("PLTE", [255, 255, 255, 40, 80, 120]), PngFile.Chunk("tRNS", new byte[] { 0, 255, 0 }[..alphas]));

        Assert.Equal(palette, Extractor.Extract(png).ToJson());
    }

    [Theory]
    [InlineData("tEXt", "rgba.png")]
    [InlineData("pHYs", "palette.png")]
    [InlineData("tIME", "interlaced.png")]
    public void Examine_PngWithADamagedChunkThatNoPixelNeeds_GivesThePaletteAndTheDamage(string chunk, string file)
    {
        byte[] whole = Asset.Bytes(file);
        byte[] damaged = PngFile.Chunk(chunk, [1, 2, 3]);
        damaged[^1] ^= 1;
        int place = whole.AsSpan().IndexOf("IDAT"u8) - 4;

        ExtractedPalette examined = Extractor.Examine([.. whole[..place], .. damaged, .. whole[place..]]);

        Assert.Equal(Extractor.Extract(whole), examined.Palette);
        Assert.NotNull(examined.Damage);
    }

    [Theory]
    [InlineData(0xF800, 0x07E0, 0x001F)]
    [InlineData(0x7C00, 0x03E0, 0x001F)]
    public void Decode_SixteenBitBmp_CountsEveryValueInPillowsBinExceptOneOfFiveSixFive(int red, int green, int blue)
    {
        ushort[] values = [.. Enumerable.Range(0, 1 << 16).Where(value => (value & ~(red | green | blue)) == 0).Select(value => (ushort)value)];
        int[] expected = new int[ColorHistogram.Bins];
        int white = 0;
        foreach (ushort value in values)
        {
            (int r, int g, int b) = (Pillow(value, red), Pillow(value, green), Pillow(value, blue));
            bool isWhite = (r > 250 && g > 250 && b > 250) || value == 0xFFDF; // its green of 62 is 250 in Pillow, 251 in Skia
            _ = isWhite ? white++ : expected[Histograms.Bin(r >> 3, g >> 3, b >> 3)]++;
        }

        using DecodedCover decoded = Decode(Bmp(values, red, green, blue), step: 1);

        Assert.Equal(expected, decoded.Histogram.Counts.ToArray());
        Assert.Equal(white, decoded.Histogram.White);
    }

    [Theory]
    [InlineData(1, "[[124, 102, 83], [32, 113, 79], [230, 208, 169], [212, 119, 58], [151, 162, 159], [145, 157, 102]]")]
    [InlineData(3, "[[140, 107, 80], [223, 175, 131], [34, 113, 80], [72, 88, 86], [156, 176, 132], [172, 172, 112]]")]
    [InlineData(5, "[[121, 98, 81], [222, 172, 129], [47, 64, 108], [32, 119, 81], [162, 160, 72], [156, 188, 68]]")]
    public void Extract_ProgressiveJpegThatLacksScans_GivesTheRecordedPalette(int scans, string palette) =>
        Assert.Equal(palette, Extractor.Extract(FirstScans(Asset.Bytes("progressive.jpg"), scans)).ToJson());

    [Theory]
    [InlineData("jpegprog_lacks1__00314.jpg", "[[251, 251, 238], [103, 88, 33], [168, 156, 102], [186, 176, 135], [156, 148, 116], [156, 156, 116]]")]
    [InlineData("bmp16_bf565_td__02867.bmp", "[[20, 20, 20], [180, 140, 132], [244, 204, 180], [4, 4, 4], [12, 4, 4], [20, 20, 20]]")]
    [InlineData("gif_crop__00741.gif", "[[252, 252, 252], [252, 236, 244], [252, 244, 244], [252, 228, 240], [252, 244, 252], [252, 252, 252]]")]
    [InlineData("png_grey4_trns__01316.png", "[[252, 252, 252], [252, 252, 252], [252, 252, 252], [252, 252, 252], [252, 252, 252], [252, 252, 252]]")]
    [InlineData("png_rgb16_trns__00685.png", "[[164, 244, 132], [164, 244, 132], [164, 244, 132], [164, 244, 132], [164, 244, 132], [164, 244, 132]]")]
    [InlineData("png_pal_longtrns__00662.png", "[[252, 252, 252], [68, 52, 204], [252, 252, 252], [68, 52, 204], [252, 252, 252], [68, 52, 204]]")]
    public void ExtractFile_ReportedCase_GivesTheRecordedPalette(string file, string palette)
    {
        Assert.SkipWhen(ReferenceImages.Cases is null, ReferenceImages.NoCases);

        Assert.Equal(palette, Extractor.ExtractFile(ReferenceImages.Case(file).Path).ToJson());
    }

    private static int[] Grey(int value, int alpha) => [value, value, value, alpha];

    private static byte[] Key(params int[] samples) =>
        PngFile.Chunk("tRNS", [.. samples.SelectMany(sample => (byte[])[(byte)(sample >> 8), (byte)sample])]);

    /// <summary>A sample of some bits as Pillow makes 8 of them: scaled and cut off.</summary>
    private static int Pillow(int value, int mask) => (value & mask) * 255 / mask;

    /// <summary>A BMP of 16 bits a pixel, in rows of 256.</summary>
    private static byte[] Bmp(ushort[] values, params int[] masks)
    {
        const int Header = 66, Width = 256, BitFields = 3;
        byte[] bmp = new byte[Header + (2 * values.Length)];
        "BM"u8.CopyTo(bmp);
        (bmp[10], bmp[14], bmp[26], bmp[28], bmp[30]) = (Header, 40, 1, 16, BitFields);
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(2), bmp.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(18), Width);
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(22), -values.Length / Width);
        for (int i = 0; i < masks.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(54 + (4 * i)), masks[i]);
        }

        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bmp.AsSpan(Header + (2 * i)), values[i]);
        }

        return bmp;
    }

    private static DecodedCover Decode(byte[] bytes, int step)
    {
        var data = new NativeBuffer(bytes.Length);
        bytes.CopyTo(data.GetSpan());
        return Decoders.Of(new DecodeOptions { SampleStep = step }).Decode(new Cover(data, new CoverVersion(null, null, null), reservation: null));
    }

    /// <summary>A progressive JPEG up to the end of so many scans.</summary>
    private static byte[] FirstScans(byte[] jpeg, int scans)
    {
        int at = jpeg.AsSpan().IndexOf<byte>([0xFF, 0xDA]);
        for (int scan = 0; scan < scans; scan++)
        {
            at += 2 + jpeg.AsSpan(at + 2).IndexOf<byte>([0xFF, 0xDA]);
        }

        return [.. jpeg[..at], 0xFF, 0xD9];
    }
}
