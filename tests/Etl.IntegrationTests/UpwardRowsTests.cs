using System.Buffers.Binary;
using PaletteEtl.Hosting;

namespace Etl.IntegrationTests;

/// <summary>BMP files, whose rows may be stored from the bottom up.</summary>
public sealed class UpwardRowsTests
{
    private const int Width = 13;
    private const int Height = 40;

    [Fact]
    public void Extract_SamePictureStoredEitherWay_GivesTheSamePalette()
    {
        var extractor = new PaletteExtractor();

        Assert.Equal(extractor.Extract(Bmp(upward: false)), extractor.Extract(Bmp(upward: true)));
    }

    /// <summary>Noise, so that counting other pixels gives another palette.</summary>
    private static byte[] Bmp(bool upward)
    {
        const int Header = 54, Stride = ((Width * 3) + 3) / 4 * 4;
        byte[] bmp = new byte[Header + (Stride * Height)];
        "BM"u8.CopyTo(bmp);
        (bmp[10], bmp[14], bmp[18], bmp[26], bmp[28]) = (Header, 40, Width, 1, 24);
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(2), bmp.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(22), upward ? Height : -Height);
        var random = new Random(1);
        for (int row = 0; row < Height; row++)
        {
            int stored = upward ? Height - 1 - row : row;
            random.NextBytes(bmp.AsSpan(Header + (stored * Stride), Width * 3));
        }

        return bmp;
    }
}
