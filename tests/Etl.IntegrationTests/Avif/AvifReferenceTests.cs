using System.Text.Json;
using PaletteEtl.Hosting;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.IntegrationTests.Avif;

/// <summary>Compares AVIF files of other encoders with libavif 0.11.1, whose pictures, written as PNG of 8 bits, have these palettes.</summary>
/// <remarks>Decoders may round a colour's conversion either way. Palettes of these files differ by at most one step; those of other files may
/// differ by more.</remarks>
public sealed class AvifReferenceTests
{
    private static readonly PaletteExtractor Extractor = new();

    [Theory]
    [InlineData("covers/0024.avif", "[[36,7,6],[203,96,34],[130,32,16],[244,218,124],[144,142,143],[124,124,132]]")]
    [InlineData("covers/0088.avif", "[[220,159,105],[82,187,172],[113,47,30],[143,114,58],[132,130,101],[146,173,154]]")]
    [InlineData("covers/0094.avif", "[[6,6,9],[232,217,199],[214,79,89],[96,65,79],[75,86,157],[110,151,191]]")]
    [InlineData("covers/0103.avif", "[[171,143,93],[42,31,28],[93,84,66],[81,52,39],[232,224,184],[222,209,152]]")]
    [InlineData("covers/0166.avif", "[[98,67,57],[25,21,20],[238,232,229],[144,106,90],[183,145,130],[136,127,127]]")]
    [InlineData("covers/0282.avif", "[[204,151,72],[16,11,7],[130,78,25],[140,144,160],[116,122,144],[215,51,76]]")]
    [InlineData("covers/0383.avif", "[[216,151,155],[45,61,109],[120,190,230],[145,107,75],[55,45,26],[20,146,204]]")]
    [InlineData("covers/0384.avif", "[[32,30,30],[225,221,218],[110,93,86],[172,80,73],[123,163,154],[137,138,140]]")]
    [InlineData("covers/0408.avif", "[[47,38,31],[203,182,145],[155,161,144],[134,119,95],[101,109,96],[152,148,156]]")]
    [InlineData("covers/0423.avif", "[[217,165,144],[66,110,104],[49,25,13],[105,65,36],[158,192,181],[154,180,180]]")]
    [InlineData("covers/0595.avif", "[[215,152,130],[40,41,43],[128,89,70],[138,169,185],[83,123,166],[81,108,127]]")]
    [InlineData("formats/072_paris_icc_exif_xmp.avif", "[[137,160,184],[43,44,31],[216,185,157],[76,77,57],[95,100,108],[60,76,90]]")]
    [InlineData("formats/074_cosmos1650_yuv444_10bpc_p3pq.avif", "[[91,94,56],[141,137,133],[11,12,8],[188,171,149],[136,128,80],[171,164,144]]")]
    [InlineData("formats/075_kodim03_yuv420_8bpc.avif", "[[103,103,81],[205,166,102],[93,38,25],[159,189,78],[28,27,26],[157,169,156]]")]
    [InlineData("hostile/147_arc_triomphe_extent1000_nullbyte_extent1310.avif", "[[235,192,141],[33,9,12],[137,64,30],[164,108,40],[182,86,28],[108,84,92]]")]
    public void ExtractFile_AvifOfOthers_GivesThePaletteOfLibavif(string file, string palette)
    {
        Assert.SkipWhen(ReferenceImages.Folder is null, ReferenceImages.Absent);

        Palette actual = Extractor.ExtractFile(PathOf(file));

        int[] expected = [.. JsonSerializer.Deserialize<int[][]>(palette)!.SelectMany(color => color)];
        int[] given = [.. actual.ToArray().SelectMany(color => new int[] { color.R, color.G, color.B })];
        Assert.Equal(expected.Length, given.Length);
        Assert.True(expected.Zip(given).All(pair => Math.Abs(pair.First - pair.Second) <= 1), actual.ToJson());
    }

    [Fact]
    public void ExtractFile_AvifCoversOfTheReference_AreAllThoseAbove()
    {
        Assert.SkipWhen(ReferenceImages.Folder is null, ReferenceImages.Absent);

        Assert.Equal(11, Directory.EnumerateFiles(PathOf("covers"), "*.avif").Count());
    }

    [Theory]
    [InlineData("formats/073_colors-animated-8bpc.avif")]
    [InlineData("formats/076_plum_blossom_12bit.avif")] // libavif 0.11.1 does not open it
    [InlineData("formats/081_avif32-mini.heif")]
    public void ExtractFile_SequenceTwelveBitsOrMinimalHeader_GivesAPalette(string file)
    {
        Assert.SkipWhen(ReferenceImages.Folder is null, ReferenceImages.Absent);

        Assert.Equal(6, Extractor.ExtractFile(PathOf(file)).Count);
    }

    [Theory]
    [InlineData("hostile/142_17000x17000.avif", FailureReason.TooManyPixels)]
    [InlineData("hostile/146_poc_b_506387278.avif", FailureReason.Corrupt)]
    [InlineData("formats/077_avif-orientation-6.avif", FailureReason.TooManyPixels)]
    [InlineData("formats/078_example.heic", FailureReason.UnsupportedFormat)]
    [InlineData("formats/079_label.heic", FailureReason.UnsupportedFormat)]
    [InlineData("formats/080_avc32.heif", FailureReason.UnsupportedFormat)]
    public void ExtractFile_DamagedTooLargeOrOfAnotherCodec_FailsWithTheReason(string file, FailureReason reason)
    {
        Assert.SkipWhen(ReferenceImages.Folder is null, ReferenceImages.Absent);

        Assert.Equal(reason, Assert.Throws<CoverException>(() => Extractor.ExtractFile(PathOf(file))).Reason);
    }

    [Fact]
    public void ExtractFile_TwelveMegapixelsAndABudgetForThem_IsNotTurnedByItsExifTag()
    {
        Assert.SkipWhen(ReferenceImages.Folder is null, ReferenceImages.Absent);
        string file = PathOf("formats/077_avif-orientation-6.avif");

        var refused = Assert.Throws<CoverException>(() => Extractor.ExtractFile(file));
        Palette palette = new PaletteExtractor(new EtlOptions { Decode = { MemoryBudgetBytes = 256 << 20 } }).ExtractFile(file);

        Assert.Contains("3024 x 4032 pixels", refused.Message, StringComparison.Ordinal); // 4032 x 3024 if it were turned
        Assert.Equal(6, palette.Count);
    }

    private static string PathOf(string file) => Path.Combine(ReferenceImages.Folder!, file);
}
