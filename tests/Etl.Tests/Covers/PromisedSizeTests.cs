using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats;

namespace Etl.Tests.Covers;

public sealed class PromisedSizeTests
{
    private const string Bmp = "424D" + "000000000000000000000000" + "28000000";

    [Theory]
    [InlineData("FFD8FFC0000B08FFFEFFFF01011100", 65_535, 65_534)]
    [InlineData("89504E470D0A1A0A0000000D49484452" + "7FFFFFFF00000002", 2_147_483_647, 2)]
    [InlineData(Bmp + "0500000003000000", 5, 3)]
    [InlineData(Bmp + "05000000FDFFFFFF", 5, 3)] // rows from the top down
    [InlineData(Bmp + "0500000000000080", 5, 2_147_483_648)]
    [InlineData(Bmp + "FBFFFFFF03000000", 0, 3)]
    [InlineData("5249464600000000574542505650385800000000" + "00000000" + "040000" + "020000", 5, 3)]
    [InlineData("5249464600000000574542505650385800000000" + "00000000" + "FFFFFF" + "FFFFFF", 16_777_216, 16_777_216)]
    [InlineData("FFD8FF", 0, 0)]
    [InlineData("89504E470D0A1A0A", 0, 0)]
    [InlineData("424D", 0, 0)]
    [InlineData("524946460000000057454250", 0, 0)]
    [InlineData("474946383961", 0, 0)] // Skia reads every GIF's size
    public void PromisedSize_Header_TellsWidthAndHeight(string hex, long width, long height)
    {
        byte[] data = Convert.FromHexString(hex);

        Assert.Equal((width, height), CoverFormat.Find(CoverFormats.All, data)!.PromisedSize(data));
    }
}
