using System.Runtime.InteropServices;
using PaletteEtl.Covers.Formats.Jpeg;

namespace Etl.IntegrationTests.Jpeg;

/// <summary>Pictures from the first coefficients against Skia's at the same scale.</summary>
public sealed class DcJpegReaderTests
{
    [Theory]
    [InlineData("Jpeg/444.jpg")]
    [InlineData("Jpeg/optimized.jpg")]
    [InlineData("Jpeg/422.jpg")]
    [InlineData("Jpeg/440.jpg")]
    [InlineData("Jpeg/411.jpg")]
    [InlineData("Jpeg/grey.jpg")]
    [InlineData("Jpeg/ycck.jpg")]
    [InlineData("progressive.jpg")]
    [InlineData("Jpeg/refined.jpg")] // with three scans of bits, and restarts
    public void TryRead_ChromaOfOneBlockAtLeast_GivesThePixelsOfSkia(string file)
    {
        byte[] jpeg = Asset.Bytes(file);

        uint[]? pixels = DcJpegs.Read(new DcJpegReader(), jpeg);

        Assert.Equal(DcJpegs.Decode(jpeg), pixels);
    }

    [Fact]
    public void TryRead_Cmyk_GivesThePixelsOfSkia()
    {
        const int Transform = 17;
        byte[] jpeg = Asset.Bytes("Jpeg/ycck.jpg");
        jpeg[Transform] = 0;

        uint[]? pixels = DcJpegs.Read(new DcJpegReader(), jpeg);

        Assert.Equal(DcJpegs.Decode(jpeg), pixels);
        Assert.NotEqual(DcJpegs.Decode(Asset.Bytes("Jpeg/ycck.jpg")), pixels);
    }

    [Theory]
    [InlineData("baseline.jpg")]
    [InlineData("Jpeg/restarts.jpg")]
    [InlineData("Jpeg/scans.jpg")]
    [InlineData("Jpeg/large.jpg")]
    [InlineData("Jpeg/large-progressive.jpg")]
    public void TryRead_ChromaOfAQuarter_GivesTheLumaOfSkia(string file)
    {
        byte[] jpeg = Asset.Bytes(file);
        byte[] grey = DcJpegs.WithoutChroma(jpeg);

        uint[]? pixels = DcJpegs.Read(new DcJpegReader(), grey);

        Assert.True(DcJpegs.IsApproximate(jpeg));
        Assert.Equal(DcJpegs.Decode(grey), pixels);
        Assert.NotEqual(DcJpegs.Read(new DcJpegReader(), jpeg), pixels);
    }

    [Theory]
    [InlineData("baseline.jpg", 1, 5)]
    [InlineData("baseline.jpg", 2, 6)]
    [InlineData("progressive.jpg", 2, 5)]
    [InlineData("Jpeg/444.jpg", 2, 5)]
    [InlineData("Jpeg/422.jpg", 2, 5)]
    [InlineData("Jpeg/440.jpg", 2, 5)]
    [InlineData("Jpeg/411.jpg", 2, 5)]
    [InlineData("Jpeg/grey.jpg", 2, 5)]
    [InlineData("Jpeg/ycck.jpg", 2, 5)]
    [InlineData("Jpeg/refined.jpg", 2, 5)]
    [InlineData("Jpeg/restarts.jpg", 2, 5)]
    [InlineData("Jpeg/scans.jpg", 1, 5)]
    [InlineData("Jpeg/large.jpg", 1, 5)]
    [InlineData("Jpeg/large.jpg", 2, 5)]
    [InlineData("Jpeg/large-progressive.jpg", 2, 5)]
    public void TryRead_FirstCoefficients_ComeNearThePixelsOfSkia(string file, int scale, double mean)
    {
        byte[] jpeg = Asset.Bytes(file);

        uint[]? pixels = DcJpegs.Read(new DcJpegReader(), jpeg, scale);

        byte[] expected = MemoryMarshal.AsBytes<uint>(DcJpegs.Decode(jpeg, scale / 8f)!).ToArray();
        Assert.Equal(expected.Length, 4 * pixels!.Length);
        Assert.InRange(expected.Zip(MemoryMarshal.AsBytes<uint>(pixels).ToArray(), static (one, other) => Math.Abs(one - other)).Average(), 0, mean);
    }

    [Theory]
    [InlineData("Jpeg/arithmetic.jpg")]
    [InlineData("Jpeg/lacking.jpg")] // without the scans of two components
    [InlineData("Jpeg/rgb.jpg")]
    public void TryRead_OddFile_IsDeclined(string file) => Assert.False(new DcJpegReader().TryRead(Asset.Bytes(file)));

    [Theory]
    [InlineData("baseline.jpg")]
    [InlineData("progressive.jpg")]
    [InlineData("Jpeg/restarts.jpg")]
    [InlineData("Jpeg/refined.jpg")]
    public void TryRead_CutOffAnywhere_IsDeclined(string file)
    {
        byte[] whole = Asset.Bytes(file);
        var reader = new DcJpegReader();

        Assert.DoesNotContain(Enumerable.Range(0, whole.Length), length => reader.TryRead(whole.AsSpan(0, length)));
        Assert.True(reader.TryRead(whole));
    }

    [Fact]
    public void TryRead_EveryFile_GivesThePixelsOfSkiaOrDeclines()
    {
        Assert.SkipWhen(ReferenceImages.Folder is null, ReferenceImages.Absent);

        (string File, bool IsRead, bool IsSame)[] all = [.. JpegFiles.All.AsParallel().Select(Compare)];

        Assert.DoesNotContain(all, file => !file.IsSame);
        Assert.Equal(
            ["covers 245 of 245", "derived 5 of 7", "formats 27 of 29", "hostile 20 of 72"],
            all.Where(file => !JpegFiles.Own.Contains(file.File))
                .GroupBy(file => Path.GetFileName(Path.GetDirectoryName(file.File)), StringComparer.Ordinal)
                .OrderBy(files => files.Key, StringComparer.Ordinal)
                .Select(files => $"{files.Key} {files.Count(file => file.IsRead)} of {files.Count()}"));
    }

    [Fact]
    public void TryRead_AfterAnother_IsAsAlone()
    {
        byte[][] files = [.. JpegFiles.Own.Select(File.ReadAllBytes)];
        uint[]?[] alone = [.. files.Select(file => DcJpegs.Read(new DcJpegReader(), file))];
        var reader = new DcJpegReader();

        Assert.All(files, before => Assert.All(files.Zip(alone), pair =>
        {
            reader.TryRead(before);
            Assert.Equal(pair.Second, DcJpegs.Read(reader, pair.First));
        }));
    }

    /// <summary>Compares all of a picture, or its luma where libjpeg takes all coefficients of chroma that count.</summary>
    private static (string File, bool IsRead, bool IsSame) Compare(string file)
    {
        byte[] jpeg = File.ReadAllBytes(file);
        if (!new DcJpegReader().TryRead(jpeg))
        {
            return (file, false, true);
        }

        byte[] comparable = DcJpegs.IsApproximate(jpeg) ? DcJpegs.WithoutChroma(jpeg) : jpeg;
        uint[]? pixels = DcJpegs.Read(new DcJpegReader(), comparable), expected = DcJpegs.Decode(comparable);
        return (file, true, pixels is not null && expected is not null && pixels.AsSpan().SequenceEqual(expected));
    }
}
