using CsCheck;
using PaletteEtl.Covers.Formats.Jpeg;

namespace Etl.Tests.Covers.Jpeg;

public sealed class DcJpegReaderTests
{
    private const int Wide = 5, High = 4;

    [Fact]
    public void TryRead_AnyTablesCoefficientsAndRestarts_GivesTheSamples() => Gen.Int.Sample(
        seed =>
        {
            var random = new Random(seed);
            int[] coefficients = [.. Enumerable.Range(0, Wide * High).Select(_ => random.Next(-128, 128))];
            byte[] jpeg = new GreyJpeg(random).Write(coefficients, Wide, interval: random.Next(8));
            var reader = new DcJpegReader();

            Assert.True(reader.TryRead(jpeg));
            Assert.Equal(coefficients.Select(Grey), Pixels(reader.Picture));
        },
        iter: 500);

    [Fact]
    public void TryRead_UsedBefore_GivesTheSame() => Gen.Int.Sample(
        seed =>
        {
            var random = new Random(seed);
            byte[][] files = [.. Enumerable.Range(0, 4).Select(_ => Damaged(random))];
            var used = new DcJpegReader();

            Assert.All(files, file =>
            {
                var fresh = new DcJpegReader();
                Assert.Equal(fresh.TryRead(file), used.TryRead(file));
            });
        },
        iter: 500);

    [Fact]
    public void TryRead_UsedBefore_AllocatesNothing()
    {
        byte[] jpeg = Whole();
        var reader = new DcJpegReader();
        Assert.Equal(2, Read(reader, jpeg));
        long before = GC.GetAllocatedBytesForCurrentThread();

        Read(reader, jpeg);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static int Read(DcJpegReader reader, byte[] jpeg) =>
            reader.TryRead(jpeg) && reader.Bytes > 0 ? reader.Picture.Row(0).Length : 0;
    }

    [Theory]
    [InlineData(0xCC)] // arithmetic coding
    [InlineData(0xDC)] // a number of lines
    [InlineData(0xD0)] // a restart outside of a scan
    [InlineData(0x01)]
    public void TryRead_MarkerThatIsNotRead_IsDeclined(byte marker)
    {
        byte[] jpeg = Whole();

        Assert.False(new DcJpegReader().TryRead([.. jpeg[..2], .. GreyJpeg.Segment(marker, 0, 0), .. jpeg[2..]]));
        Assert.True(new DcJpegReader().TryRead([.. jpeg[..2], .. GreyJpeg.Segment(0xE5, 0, 0), .. jpeg[2..]]));
    }

    [Fact]
    public void TryRead_BytesBetweenMarkers_IsDeclined()
    {
        byte[] jpeg = Whole();

        Assert.False(new DcJpegReader().TryRead([.. jpeg[..2], 0, .. jpeg[2..]]));
        Assert.False(new DcJpegReader().TryRead([.. jpeg[..^2], 0, .. jpeg[^2..]]));
        Assert.True(new DcJpegReader().TryRead([.. jpeg[..^2], 0xFF, .. jpeg[^2..], 1, 2, 3])); // fill, and what is behind the end
    }

    [Fact]
    public void TryRead_NoStartOrEnd_IsDeclined()
    {
        byte[] jpeg = Whole();

        Assert.False(new DcJpegReader().TryRead([.. jpeg[..1], 0xD9, .. jpeg[2..]]));
        Assert.False(new DcJpegReader().TryRead(jpeg.AsSpan(..^2)));
        Assert.False(new DcJpegReader().TryRead([]));
    }

    [Fact]
    public void TryRead_MoreBlocksThanTheFileHasBits_TakesNoMemory()
    {
        byte[] jpeg = Whole();
        int frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        jpeg[frame + 5] = 0xFF; // 65,312 rows and more
        jpeg[frame + 7] = 0xFF;
        var reader = new DcJpegReader();

        Assert.False(reader.TryRead(jpeg));
        Assert.InRange(reader.Bytes, 0, 10_000);
    }

    private static byte[] Whole() => new GreyJpeg(new Random(1)).Write([1, 2, 3, 4], wide: 2, interval: 0);

    private static byte[] Damaged(Random random)
    {
        int[] coefficients = [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => random.Next(-128, 128))];
        byte[] jpeg = new GreyJpeg(random).Write(coefficients, wide: 1, interval: random.Next(8));
        for (int i = random.Next(3); i > 0; i--)
        {
            jpeg[random.Next(2, jpeg.Length)] = (byte)random.Next(256);
        }

        return jpeg;
    }

    private static IEnumerable<uint> Pixels(DcPicture picture) =>
        Enumerable.Range(0, picture.Height).SelectMany(row => picture.Row(row).ToArray());

    private static uint Grey(int coefficient) => 0xFF000000 | ((uint)(coefficient + 128) * 0x010101);
}
