using PaletteEtl.Covers.Formats.Jpeg;

namespace Etl.IntegrationTests.Jpeg;

/// <summary>Damage in coded data, told from kinds of JPEG that are not read.</summary>
public sealed class DcJpegDamageTests
{
    private readonly DcJpegReader _reader = new();

    public static TheoryData<string> OwnFiles => [.. JpegFiles.Own.Select(file => Path.GetRelativePath(Asset.PathOf(""), file))];

    [Theory]
    [MemberData(nameof(OwnFiles))]
    public void FindDamage_WholeFile_FindsNone(string file) => Assert.Null(_reader.FindDamage(Asset.Bytes(file)));

    [Theory]
    [InlineData("baseline.jpg")]
    [InlineData("progressive.jpg")]
    [InlineData("Jpeg/grey.jpg")]
    [InlineData("Jpeg/422.jpg")]
    [InlineData("Jpeg/440.jpg")]
    [InlineData("Jpeg/rgb.jpg")]
    [InlineData("Jpeg/scans.jpg")]
    [InlineData("Jpeg/large-progressive.jpg")]
    public void FindDamage_BytesLost_SaysInWhichScan(string file) => Assert.Matches(
        "^the DC reader finds that the data of its scan [0-9]+ does not fit its tables or the size of the picture$",
        _reader.FindDamage(DamagedPosters.WithoutBytes(file)));

    [Fact]
    public void FindDamage_ArithmeticCodes_AreNotChecked() =>
        Assert.Null(_reader.FindDamage(DamagedPosters.WithoutBytes("Jpeg/arithmetic.jpg")));

    [Theory]
    [InlineData(0xD5)] // another restart
    [InlineData(0xD9)] // the end
    public void FindDamage_OtherMarkerThanTheRestart_SaysWhich(byte marker)
    {
        byte[] jpeg = Asset.Bytes("Jpeg/restarts.jpg");
        jpeg[Restart(jpeg, 0xD1) + 1] = marker;

        Assert.Equal(
            "the DC reader finds that the data of its scan 1 lacks its restart marker 2, or has another one there", _reader.FindDamage(jpeg));
    }

    [Fact]
    public void FindDamage_FillBytesBeforeMarkers_AreNoDamage()
    {
        byte[] jpeg = Asset.Bytes("Jpeg/restarts.jpg");
        int restart = Restart(jpeg, 0xD1);

        Assert.Null(_reader.FindDamage([.. jpeg[..restart], 0xFF, 0xFF, .. jpeg[restart..^2], 0xFF, .. jpeg[^2..]]));
    }

    [Fact]
    public void FindDamage_FillBytesBeforeAStuffedZero_AreNoDamage()
    {
        byte[] jpeg = Asset.Bytes("Jpeg/grey.jpg");
        int data = JpegHeader.Read(jpeg).FirstScan;
        int stuffed = data + jpeg.AsSpan(data).IndexOf<byte>([0xFF, 0x00]);

        Assert.Null(_reader.FindDamage([.. jpeg[..stuffed], 0xFF, .. jpeg[stuffed..]]));
    }

    [Fact]
    public void FindDamage_BytesBetweenSegments_AreFound()
    {
        byte[] jpeg = Asset.Bytes("baseline.jpg");
        int scan = JpegHeader.Read(jpeg).FirstScan;

        Assert.Equal(
            "the DC reader finds something other than a marker behind a segment or a scan",
            _reader.FindDamage([.. jpeg[..scan], 0, .. jpeg[scan..]]));
    }

    [Fact]
    public void TryRead_DamageInTheLastScanOfAProgressivePicture_IsFoundWhenStrict()
    {
        byte[] jpeg = Asset.Bytes("Jpeg/large-progressive.jpg");
        byte[] damaged = [.. jpeg[..^60], .. jpeg[^30..]];

        bool isRead = _reader.TryRead(damaged);
        bool isReadStrictly = _reader.TryRead(damaged, isStrict: true);

        Assert.Equal((true, false), (isRead, isReadStrictly));
        Assert.NotNull(_reader.Damage);
    }

    [Fact]
    public void TryRead_AfterADamagedFile_HasNoDamage()
    {
        _reader.FindDamage(DamagedPosters.WithoutBytes("progressive.jpg"));

        Assert.True(_reader.TryRead(Asset.Bytes("Jpeg/large-progressive.jpg"), isStrict: true));
        Assert.Null(_reader.Damage);
    }

    private static int Restart(byte[] jpeg, byte marker)
    {
        int data = JpegHeader.Read(jpeg).FirstScan;
        return data + jpeg.AsSpan(data).IndexOf<byte>([0xFF, marker]);
    }
}
