using CsCheck;
using PaletteEtl.Covers.Formats.Jpeg;

namespace Etl.Tests.Covers;

public sealed class JpegHeaderTests
{
    private const byte Baseline = 0xC0;
    private const byte Progressive = 0xC2;

    [Theory]
    [InlineData(0x22, 16, 16, (4 + 1 + 1) * 128)] // 4:2:0, one unit of 16 x 16
    [InlineData(0x22, 17, 16, 2 * (4 + 1 + 1) * 128)]
    [InlineData(0x22, 500, 750, 32 * 47 * 6 * 128)]
    [InlineData(0x21, 16, 8, (2 + 1 + 1) * 128)] // 4:2:2
    [InlineData(0x11, 8, 8, 3 * 128)] // 4:4:4
    [InlineData(0x11, 9, 9, 4 * 3 * 128)]
    public void Read_Progressive_NeedsEveryCoefficient(int sampling, int width, int height, long bytes) =>
        Assert.Equal(bytes, JpegHeader.Read(Jpeg(Progressive, sampling, width, height, scanComponents: 3)).CoefficientBytes);

    [Fact]
    public void Read_BaselineInOneScan_NeedsNone() =>
        Assert.Equal(0, JpegHeader.Read(Jpeg(Baseline, 0x22, 500, 750, scanComponents: 3)).CoefficientBytes);

    [Fact]
    public void Read_BaselineInSeveralScans_NeedsEveryCoefficient() => Assert.Equal(
        32 * 47 * 6 * 128, JpegHeader.Read(Jpeg(Baseline, 0x22, 500, 750, scanComponents: 1)).CoefficientBytes);

    [Fact]
    public void Read_Whole_FindsTheFirstScan()
    {
        byte[] jpeg = Jpeg(Baseline, 0x11, 8, 8, scanComponents: 3);

        Assert.Equal(jpeg.AsSpan().IndexOf<byte>([0xFF, 0xDA]), JpegHeader.Read(jpeg).FirstScan);
    }

    [Fact]
    public void Read_Frame_TellsTheSize()
    {
        var header = JpegHeader.Read(Jpeg(Baseline, 0x11, width: 65_535, height: 65_534, scanComponents: 3));

        Assert.Equal((65_535, 65_534), (header.Width, header.Height));
    }

    [Fact]
    public void Read_Frame_TellsTheProcess()
    {
        var header = JpegHeader.Read(Jpeg(Progressive, 0x11, width: 8, height: 8, scanComponents: 3));

        Assert.Equal((Progressive, 8, 3), (header.Frame, header.Precision, header.Components));
    }

    [Fact]
    public void Read_EndBeforeAnyScan_IsFound() => Assert.Equal(4, JpegHeader.Read([0xFF, 0xD8, 0xAA, 0xBB, 0xFF, 0xD9]).FirstScan);

    [Fact]
    public void Read_WithoutAScan_EndsAtTheEnd() => Assert.Equal(2, JpegHeader.Read([0xFF, 0xD8]).FirstScan);

    [Fact]
    public void Read_AnyBytes_Ends() => Gen.Byte.Array[0, 200].Sample(bytes =>
        JpegHeader.Read([0xFF, 0xD8, .. bytes]) is { FirstScan: >= 0, CoefficientBytes: >= 0 });

    [Fact]
    public void Read_CutOffAnywhere_Ends()
    {
        byte[] jpeg = Jpeg(Progressive, 0x22, 500, 750, scanComponents: 3);

        Assert.All(Enumerable.Range(0, jpeg.Length), length =>
            Assert.InRange(JpegHeader.Read(jpeg.AsSpan(0, length)).FirstScan, 0, jpeg.Length));
    }

    /// <summary>The segments of a colour JPEG up to its first scan.</summary>
    private static byte[] Jpeg(byte frame, int sampling, int width, int height, int scanComponents) =>
    [
        0xFF, 0xD8,
        0xFF, 0xE0, 0, 4, 1, 2, // an application's segment
        0xFF, // a fill byte
        0xFF, frame, 0, 17, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 3,
        1, (byte)sampling, 0, 2, 0x11, 1, 3, 0x11, 1,
        0xFF, 0xC4, 0, 3, 0, // a Huffman table, whose marker lies among those of frames
        0xFF, 0xDA, 0, (byte)(6 + (2 * scanComponents)), (byte)scanComponents, .. new byte[(2 * scanComponents) + 3],
        0xAA, 0xFF, 0xD9,
    ];
}
