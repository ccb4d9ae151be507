using PaletteEtl.Covers.Formats.Jpeg;

namespace Etl.Tests.Covers.Jpeg;

public sealed class JpegFrameTests
{
    private const long Bits = 1_000_000;

    [Fact]
    public void TryDefine_ChromaOfAQuarter_HasUnitsOfSixBlocks()
    {
        JpegFrame frame = new();

        Assert.True(frame.TryDefine(JpegMarker.BaselineFrame, Frame(33, 17, 0x22, 0x11, 0x11), Bits));

        Assert.Equal((5, 3, 3, 2), (frame.Width, frame.Height, frame.UnitsWide, frame.UnitsHigh));
        Assert.Equal((5, 3), frame.Blocks(frame.First));
        Assert.Equal((3, 2), frame.Blocks(frame.Components[1]));
        Assert.Equal(6, frame.First.Dc.Stride);
    }

    [Theory]
    [InlineData(0x11, 0x21)] // chroma has more samples than luma
    [InlineData(0x31, 0x11)]
    [InlineData(0x01, 0x11)]
    [InlineData(0x88, 0x11)]
    public void TryDefine_OddSampling_IsDeclined(byte luma, byte chroma) =>
        Assert.False(new JpegFrame().TryDefine(JpegMarker.BaselineFrame, Frame(8, 8, luma, chroma, chroma), Bits));

    [Theory]
    [InlineData(0, 12)] // bits of a sample
    [InlineData(5, 5)] // more components than there are
    [InlineData(9, 1)] // an id twice
    [InlineData(2, 0)] // no rows
    public void TryDefine_OddHeader_IsDeclined(int at, byte value)
    {
        byte[] frame = Frame(8, 8, 0x11, 0x11, 0x11);
        frame[at] = value;

        Assert.False(new JpegFrame().TryDefine(JpegMarker.BaselineFrame, frame, Bits));
    }

    [Fact]
    public void TryDefine_Twice_IsDeclined()
    {
        var frame = new JpegFrame();

        Assert.True(frame.TryDefine(JpegMarker.BaselineFrame, Frame(8, 8, 0x11), Bits));
        Assert.False(frame.TryDefine(JpegMarker.BaselineFrame, Frame(8, 8, 0x11), Bits));
    }

    [Fact]
    public void TryDefine_AsManyBlocksAsBits_AreTheMost()
    {
        Assert.True(new JpegFrame().TryDefine(JpegMarker.BaselineFrame, Frame(80, 80, 0x11), fileBits: 100));
        Assert.False(new JpegFrame().TryDefine(JpegMarker.BaselineFrame, Frame(80, 80, 0x11), fileBits: 99));
    }

    [Theory]
    [InlineData(new byte[] { 1, 0, 2, 0, 3, 0 }, true)]
    [InlineData(new byte[] { 1, 0, 3, 0 }, true)]
    [InlineData(new byte[] { 2, 0, 1, 0 }, false)]
    [InlineData(new byte[] { 1, 0, 1, 0 }, false)]
    [InlineData(new byte[] { 4, 0 }, false)]
    public void TryFind_ComponentsOfAScan_AreThoseOfTheFrameInOrder(byte[] ids, bool expected)
    {
        var frame = new JpegFrame();
        Assert.True(frame.TryDefine(JpegMarker.BaselineFrame, Frame(8, 8, 0x11, 0x11, 0x11), Bits));
        int[] found = new int[ids.Length / 2];

        Assert.Equal(expected, frame.TryFind(ids, found));
        Assert.True(!expected || found.Select(i => frame.Components[i].Id).SequenceEqual(ids.Chunk(2).Select(pair => (int)pair[0])));
    }

    [Theory]
    [InlineData(1, null, false, ColorModel.Grey)]
    [InlineData(2, null, false, ColorModel.Unknown)]
    [InlineData(3, null, false, ColorModel.YCbCr)]
    [InlineData(3, 0, false, ColorModel.Unknown)] // RGB
    [InlineData(3, 0, true, ColorModel.YCbCr)] // JFIF goes before Adobe
    [InlineData(3, 1, false, ColorModel.YCbCr)]
    [InlineData(4, null, false, ColorModel.Cmyk)]
    [InlineData(4, 0, false, ColorModel.Cmyk)]
    [InlineData(4, 2, false, ColorModel.Ycck)]
    public void Choose_ComponentsAndSegments_IsWhatLibjpegTakesThemFor(int components, int? transform, bool isJfif, object expected)
    {
        var frame = new JpegFrame();
        Assert.True(frame.TryDefine(JpegMarker.BaselineFrame, Frame(8, 8, [.. Enumerable.Repeat((byte)0x11, components)]), Bits));
        var colors = new JpegColors();
        if (transform is { } value)
        {
            colors.Note(JpegMarker.Adobe, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, (byte)value]);
        }

        if (isJfif)
        {
            colors.Note(JpegMarker.Jfif, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
        }

        Assert.Equal(expected, colors.Choose(frame.Components));
    }

    private static byte[] Frame(byte width, byte height, params byte[] samplings) =>
    [
        8, 0, height, 0, width, (byte)samplings.Length,
        .. samplings.SelectMany((sampling, i) => new byte[] { (byte)(i + 1), sampling, 0 }),
    ];
}
