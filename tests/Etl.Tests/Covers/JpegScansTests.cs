using CsCheck;
using PaletteEtl.Covers.Formats.Jpeg;

namespace Etl.Tests.Covers;

public sealed class JpegScansTests
{
    [Fact]
    public void Read_OneScanOfAllComponents_IsComplete() =>
        Assert.Equal(new JpegScans(1, AreComplete: true), Read(Scan([1, 2, 3], 0, 63, low: 0)));

    [Fact]
    public void Read_AComponentWithoutAScan_IsNotComplete() =>
        Assert.Equal(new JpegScans(2, AreComplete: false), Read(Scan([1], 0, 63, low: 0), Scan([2], 0, 63, low: 0)));

    [Fact]
    public void Read_ProgressiveToTheLastBit_IsComplete() => Assert.Equal(
        new JpegScans(6, AreComplete: true),
        Read(
            Scan([1, 2, 3], 0, 0, low: 1),
            Scan([1, 2, 3], 0, 0, low: 0),
            Scan([1], 1, 63, low: 2),
            Scan([1], 1, 63, low: 0),
            Scan([2], 1, 63, low: 0),
            Scan([3], 1, 63, low: 0)));

    [Theory]
    [InlineData(1, 62, 0)] // without the last coefficient
    [InlineData(2, 63, 0)] // without the second
    [InlineData(1, 63, 1)] // without the last bit
    public void Read_ProgressiveThatLacksSomething_IsNotComplete(int first, int last, int low) => Assert.False(
        Read(Scan([1, 2, 3], 0, 0, low: 0), Scan([1], first, last, low), Scan([2], 1, 63, low: 0), Scan([3], 1, 63, low: 0)).AreComplete);

    [Fact]
    public void Read_BytesOfAScanThatLookLikeMarkers_AreNone()
    {
        byte[] entropy = [0xFF, 0x00, 0xDA, 0xFF, 0xD0, 0xFF, 0xFF, 0xD7, 0x11];

        Assert.Equal(new JpegScans(2, AreComplete: true), Read([.. Scan([1, 2], 0, 63, low: 0), .. entropy], Scan([3], 0, 63, low: 0)));
    }

    [Fact]
    public void Read_ScanBehindTheEnd_IsNotCounted() =>
        Assert.Equal(1, Read(Scan([1, 2, 3], 0, 63, low: 0), [0xFF, 0xD9], Scan([1], 0, 63, low: 0)).Count);

    [Fact]
    public void Read_ScanInsideAnotherSegment_IsNotCounted()
    {
        byte[] comment = [0xFF, 0xFE, 0, 12, .. Scan([1], 0, 63, low: 0)];

        Assert.Equal(1, Read(Scan([1, 2, 3], 0, 63, low: 0), comment).Count);
    }

    [Fact]
    public void Read_AnyBytes_Ends() => Gen.Byte.Array[0, 200].Sample(bytes => Read(bytes).Count >= 0);

    [Fact]
    public void Read_CutOffAnywhere_Ends()
    {
        byte[] scans = [.. Scan([1, 2, 3], 0, 0, low: 1), .. Scan([1, 2, 3], 0, 63, low: 0)];

        Assert.All(Enumerable.Range(0, scans.Length), length => Assert.False(Read(scans[..length]).AreComplete));
    }

    private static JpegScans Read(params byte[][] scans) =>
        JpegScans.Read([0xFF, 0xD8, .. scans.SelectMany(scan => scan)], new JpegHeader(2, 8, 8, 0, 0xC2, Precision: 8, Components: 3));

    private static byte[] Scan(byte[] components, int first, int last, int low) =>
    [
        0xFF, 0xDA, 0, (byte)(6 + (2 * components.Length)), (byte)components.Length,
        .. components.SelectMany(component => (byte[])[component, 0]),
        (byte)first, (byte)last, (byte)low,
    ];
}
