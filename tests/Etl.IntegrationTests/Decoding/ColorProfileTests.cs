using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats;
using PaletteEtl.Covers.Formats.Jpeg;
using PaletteEtl.Hosting;
using PaletteEtl.Palettes;
using SkiaSharp;

namespace Etl.IntegrationTests.Decoding;

/// <summary>Colour profiles: palettes for the eye have the colours that are seen, those of the reference the stored ones.</summary>
public sealed class ColorProfileTests
{
    public enum Space
    {
        Srgb,
        DisplayP3,
        AdobeRgb,
        Rec2020,
    }

    private const byte Srgb = 13;

    /// <summary>Three steps of 255 of a grey.</summary>
    private const double Near = 0.012;

    public static MatrixTheoryData<Space, SKEncodedImageFormat, int, DecodeScale> Pictures { get; } = new(
        Enum.GetValues<Space>(),
        [SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Png, SKEncodedImageFormat.Webp],
        [1_000, 500, 200],
        [DecodeScale.Auto, DecodeScale.Full]);

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Extract_ProfileOfAMatrix_GivesTheColorsOfTheConvertedPicture(
        Space space, SKEncodedImageFormat format, int width, DecodeScale scale)
    {
        PaletteExtractor extractor = ForTheEye(scale);
        using SKColorSpace colors = ColorsOf(space);
        Palette converted = extractor.Extract(ProfiledPicture.Converted(width, width, colors));

        Palette palette = extractor.Extract(ProfiledPicture.Encoded(format, width, width, colors));

        Assert.InRange(Oklab.Distance(converted, palette), 0, Near);
    }

    [Fact]
    public void Extract_WideProfile_ChangesTheColors()
    {
        using SKColorSpace wide = ColorsOf(Space.AdobeRgb);
        byte[] picture = ProfiledPicture.Encoded(SKEncodedImageFormat.Jpeg, 1_000, 1_000, wide);
        byte[] stored = ProfiledPicture.Encoded(SKEncodedImageFormat.Jpeg, 1_000, 1_000, ProfiledPicture.Srgb);

        Assert.True(Oklab.Distance(ForTheEye().Extract(stored), ForTheEye().Extract(picture)) > 0.03);
        Assert.Equal(new PaletteExtractor().Extract(stored), new PaletteExtractor().Extract(picture)); // as the reference
    }

    [Theory]
    [InlineData(1, DecoderNames.DcCoefficients)]
    [InlineData(7, DecoderNames.DcCoefficients)]
    public void Extract_JpegWithAProfileInSegments_IsConvertedByTheReader(int segments, string decoder)
    {
        using SKColorSpace wide = ColorsOf(Space.AdobeRgb);
        byte[] wideJpeg = ProfiledPicture.Encoded(SKEncodedImageFormat.Jpeg, 1_000, 1_000, wide);
        byte[] profile = JpegIccProfile.Find(wideJpeg).ToArray();
        byte[] bare = ProfiledPicture.Encoded(SKEncodedImageFormat.Jpeg, 1_000, 1_000, space: null);
        byte[] picture = ProfiledPicture.WithProfile(bare, profile, (profile.Length + segments - 1) / segments);

        using DecodedCover decoded = Decoders.Of(new DecodeOptions(), QuantizeAlgorithm.Oklab).Decode(Jpeg.JpegFiles.Cover(picture));

        Assert.Equal(decoder, decoded.Decoding.Decoder);
        Assert.Equal(profile, JpegIccProfile.Find(picture).ToArray());
        Assert.InRange(Oklab.Distance(ForTheEye().Extract(wideJpeg), ForTheEye().Extract(picture)), 0, Near);
    }

    [Fact]
    public void Find_SegmentMissing_IsNoProfile()
    {
        byte[] whole = ProfiledPicture.WithProfile(Asset.Bytes("baseline.jpg"), new byte[30], segmentBytes: 10);
        const int Segment = 2 + 16 + 10;

        byte[] part = [.. whole[..2], .. whole[(2 + Segment)..]];

        Assert.Equal(30, JpegIccProfile.Find(whole).Length);
        Assert.True(JpegIccProfile.Find(part).IsEmpty);
    }

    [Theory]
    [InlineData(LibraryUse.Require)]
    [InlineData(LibraryUse.Never)]
    public void Extract_AvifWithAProfile_IsConvertedByEitherDecoder(LibraryUse dav1d)
    {
        Assert.SkipWhen(dav1d == LibraryUse.Require && !LibDav1d.IsPresent, Avif.Avifs.NoLibrary);
        using SKColorSpace wide = ColorsOf(Space.AdobeRgb);
        Palette converted = ForTheEye().Extract(ProfiledPicture.Converted(width: 96, height: 192, wide));

        Palette palette = ForTheEye(dav1d).ExtractFile(Asset.PathOf("wide.avif")); // the same picture

        Assert.InRange(Oklab.Distance(converted, palette), 0, Near);
    }

    public static MatrixTheoryData<Space, LibraryUse> CodedSpaces { get; } = new(
        [Space.Srgb, Space.DisplayP3, Space.Rec2020], [LibraryUse.Require, LibraryUse.Never]);

    [Theory]
    [MemberData(nameof(CodedSpaces))]
    public void Extract_AvifWithCodePoints_IsConvertedByEitherDecoder(Space space, LibraryUse dav1d)
    {
        Assert.SkipWhen(dav1d == LibraryUse.Require && !LibDav1d.IsPresent, Avif.Avifs.NoLibrary);
        using SKColorSpace colors = ColorsOf(space);
        Palette converted = ForTheEye().Extract(ProfiledPicture.Converted(width: 96, height: 192, colors));

        ExtractedPalette extracted = ForTheEye(dav1d).Examine(Coded(PrimariesOf(space), Srgb));

        Assert.Null(extracted.UnconvertedColors);
        Assert.InRange(Oklab.Distance(converted, extracted.Palette), 0, Near);
    }

    [Theory]
    [InlineData(1, 16, "PQ")]
    [InlineData(9, 16, "PQ")]
    [InlineData(9, 18, "HLG")]
    [InlineData(1, 17, "transfer characteristics 17")]
    [InlineData(10, 13, "colour primaries 10")]
    public void Examine_ColorsThatAreNotConverted_NamesThem(byte primaries, byte transfer, string name)
    {
        byte[] picture = Coded(primaries, transfer);
        ExtractedPalette plain = ForTheEye().Examine(Coded(1, Srgb));

        ExtractedPalette[] extracted =
            [.. new[] { LibraryUse.Auto, LibraryUse.Never }.Select(dav1d => ForTheEye(dav1d).Examine(picture))];

        Assert.All(extracted, one => Assert.Equal((name, plain.Palette), (one.UnconvertedColors, one.Palette)));
        Assert.Null(new PaletteExtractor().Examine(picture).UnconvertedColors); // the reference counts stored values
    }

    [Fact]
    public void Examine_AvifWithAProfileOfTables_NamesIt()
    {
        byte[] picture = Asset.Bytes("wide.avif");
        picture.AsSpan(picture.AsSpan().IndexOf("acsp"u8), 4).Clear(); // no profile that anybody reads

        Assert.Equal("an ICC profile with tables, or a damaged one", ForTheEye(LibraryUse.Never).Examine(picture).UnconvertedColors);
    }

    [Theory]
    [InlineData("Jpeg/ycck.jpg", true)]
    [InlineData("Jpeg/large.jpg", false)] // a profile of CMYK is not its own
    public void Extract_TableOfCmyk_IsAppliedToCmyk(string file, bool isApplied)
    {
        byte[] profile = ProfiledPicture.OfOneColor(l: 39_168, a: 48_128, b: 43_008);
        byte[] picture = ProfiledPicture.WithProfile(Asset.Bytes(file), profile);

        Palette palette = ForTheEye().Extract(picture);

        Assert.Equal(isApplied, palette.ToArray().All(static color => IsNear(color, new Rgb(245, 90, 79)))); // L* 60, a* 60, b* 40 in sRGB
        Assert.Equal(new PaletteExtractor().ExtractFile(Asset.PathOf(file)), new PaletteExtractor().Extract(picture));
    }

    [Fact]
    public void Extract_DamagedProfile_IsAsWithoutOne()
    {
        byte[] picture = ProfiledPicture.WithProfile(Asset.Bytes("Jpeg/large.jpg"), [.. Enumerable.Repeat((byte)7, 1_000)]);
        PaletteExtractor codec = ForTheEye(dcReader: false);

        Assert.Equal(codec.ExtractFile(Asset.PathOf("Jpeg/large.jpg")), ForTheEye().Extract(picture));
    }

    private static bool IsNear(Rgb one, Rgb other) =>
        Math.Abs(one.R - other.R) <= 2 && Math.Abs(one.G - other.G) <= 2 && Math.Abs(one.B - other.B) <= 2;

    private static PaletteExtractor ForTheEye(DecodeScale? scale = null, bool dcReader = true) => new(new EtlOptions
    {
        Quantize = { Algorithm = QuantizeAlgorithm.Oklab },
        Decode = { Scale = scale, DcReader = dcReader },
    });

    private static PaletteExtractor ForTheEye(LibraryUse dav1d) => new(new EtlOptions
    {
        Quantize = { Algorithm = QuantizeAlgorithm.Oklab },
        Decode = { Dav1d = dav1d },
    });

    /// <summary>An AVIF of the bands with other code points.</summary>
    private static byte[] Coded(byte primaries, byte transfer)
    {
        byte[] picture = Asset.Bytes("bands.avif");
        Span<byte> codes = picture.AsSpan(picture.AsSpan().IndexOf("nclx"u8) + 4);
        (codes[1], codes[3]) = (primaries, transfer);
        return picture;
    }

    private static byte PrimariesOf(Space space) => space switch
    {
        Space.DisplayP3 => 12,
        Space.Rec2020 => 9,
        _ => 1,
    };

    private static SKColorSpace ColorsOf(Space space) => SKColorSpace.CreateRgb(
        space == Space.AdobeRgb ? SKColorSpaceTransferFn.TwoDotTwo : SKColorSpaceTransferFn.Srgb,
        space switch
        {
            Space.DisplayP3 => SKColorSpaceXyz.DisplayP3,
            Space.AdobeRgb => SKColorSpaceXyz.AdobeRgb,
            Space.Rec2020 => SKColorSpaceXyz.Rec2020,
            _ => SKColorSpaceXyz.Srgb,
        });
}
