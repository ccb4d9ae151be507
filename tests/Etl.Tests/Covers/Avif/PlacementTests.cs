using PaletteEtl.Covers.Formats.Avif;
using static Etl.Tests.Covers.Avif.AvifBytes;
using FileBox = PaletteEtl.Covers.Formats.Avif.Box;

namespace Etl.Tests.Covers.Avif;

public sealed class PlacementTests
{
    /// <summary>Two rows of three pixels.</summary>
    private static readonly uint[] Frame = [1, 2, 3, 4, 5, 6];

    public static TheoryData<string, byte[][], string> Placements => new()
    {
        { "as it is", [], "123/456" },
        { "turned by nothing", [Box("irot", [0])], "123/456" },
        { "turned against the clock", [Box("irot", [1])], "36/25/14" },
        { "upside down", [Box("irot", [2])], "654/321" },
        { "turned with the clock", [Box("irot", [3])], "41/52/63" },
        { "top to bottom", [Box("imir", [0])], "456/123" },
        { "left to right", [Box("imir", [1])], "321/654" },
        { "turned, then mirrored", [Box("irot", [1]), Box("imir", [1])], "63/52/41" },
        { "cropped on the right", [Crop(2, 2, -1, 0)], "12/45" },
        { "cropped to the last column", [Crop(1, 2, 2, 0)], "3/6" },
        { "cropped, then turned", [Crop(2, 2, -1, 0), Box("irot", [1])], "25/14" },
    };

    [Theory]
    [MemberData(nameof(Placements))]
    public void After_Properties_PlacesThePixels(string what, byte[][] properties, string rows)
    {
        Placement placement = Of(properties)!.Value;
        uint[] row = new uint[placement.Width];

        string[] placed =
        [
            .. Enumerable.Range(0, placement.Height).Select(y =>
            {
                placement.CopyRow(Frame, y, row);
                return string.Concat(row);
            }),
        ];

        Assert.Equal((what, rows), (what, string.Join('/', placed)));
    }

    [Theory]
    [InlineData(4, 2, 0, 0)]
    [InlineData(3, 2, 2, 0)]
    [InlineData(2, 2, 0, 0)] // between two pixels
    [InlineData(3, 1, 0, 1)] // between two rows of chroma
    [InlineData(0, 2, 0, 0)]
    public void After_CropThatIsNoneOfWholePixelsWithin_IsNull(int width, int height, int right, int down) =>
        Assert.Null(Of([Crop(width, height, right, down)]));

    private static Placement? Of(byte[][] properties)
    {
        byte[] file = [.. properties.SelectMany(property => property)];
        var item = new AvifItem(1, BoxType.Av01, isHidden: false);
        item.Properties.AddRange(FileBox.Within(file, 0, file.Length)!);
        return Placement.After(Placement.Of(3, 2), file, item);
    }

    /// <summary>A crop whose middle is so many half pixels from that of the frame.</summary>
    private static byte[] Crop(int width, int height, int right, int down) => Box(
        "clap", UInt32(width), UInt32(1), UInt32(height), UInt32(1), UInt32(right), UInt32(2), UInt32(down), UInt32(2));
}
