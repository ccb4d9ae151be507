using PaletteEtl.Covers.Formats.Avif;
using static Etl.Tests.Covers.Avif.AvifBytes;

namespace Etl.Tests.Covers.Avif;

public sealed class AvifPictureTests
{
    private static readonly byte[] Coded = [1, 2, 3, 4, 5];

    /// <summary>A picture, one with alpha, and a grid.</summary>
    private static readonly byte[][] Files =
    [
        File([], ("av01", Frame(30, 20), Coded)),
        File(References(("auxl", 2, [1])), ("av01", Frame(30, 20), Coded), ("av01", [.. Frame(30, 20), Alpha()], Coded)),
        File(References(("dimg", 1, [2, 3])), ("grid", [Size(100, 60), Nclx(6)], GridOf(2, 100, 60)), Tile(64), Tile(64)),
    ];

    [Fact]
    public void Read_Frame_HasItsSizeItsColoursAndItsData()
    {
        AvifPicture picture = AvifPicture.Read(Files[0])!;

        Assert.Equal((30, 20, 30, 20), (picture.Colors.Width, picture.Colors.Height, picture.Placement.Width, picture.Placement.Height));
        Assert.Equal((new ColorDescription(6, IsFull: true), true), (picture.Description, picture.Placement.IsWhole));
        Assert.Equal(Coded, Files[0][Assert.Single(Assert.Single(picture.Colors.Tiles))]);
        Assert.Null(picture.Alpha);
    }

    [Fact]
    public void Read_Alpha_IsALayerOfItsOwn()
    {
        AvifPicture picture = AvifPicture.Read(Files[1])!;

        Assert.Equal((30, 20), (picture.Alpha!.Width, picture.Alpha.Height));
        Assert.NotEqual(picture.Colors.Tiles[0][0], picture.Alpha.Tiles[0][0]);
    }

    [Fact]
    public void Read_Grid_HasTilesThatCoverIt()
    {
        AvifLayer colors = AvifPicture.Read(Files[2])!.Colors;

        Assert.Equal((100, 60, 2, 64, 64, 2), (colors.Width, colors.Height, colors.Columns, colors.TileWidth, colors.TileHeight, colors.Tiles.Count));
    }

    [Fact]
    public void Read_TilesOfTheSameData_AreRead()
    {
        byte[] file = [.. Files[2]];
        int second = file.AsSpan().IndexOf("iloc"u8) + 8 + 4 + (2 * 14) + 6; // the offset of the second tile
        file.AsSpan(second - 14, 4).CopyTo(file.AsSpan(second));

        AvifLayer colors = AvifPicture.Read(file)!.Colors;

        Assert.Equal(colors.Tiles[0], colors.Tiles[1]);
    }

    public static TheoryData<string, byte[]> NotUnderstood => new()
    {
        { "another kind of matrix", File([], ("av01", [Box("av1C", [0x81, 0, 0, 0]), Size(30, 20), Nclx(14)], Coded)) },
        { "no size", File([], ("av01", [Box("av1C", [0x81, 0, 0, 0]), Nclx(6)], Coded)) },
        { "two sizes", File([], ("av01", [.. Frame(30, 20), Size(30, 20)], Coded)) },
        { "a property of layers", File([], ("av01", [.. Frame(30, 20), Box("lsel", [0, 0])], Coded)) },
        { "another codec", File([], ("hvc1", Frame(30, 20), Coded)) },
        { "a second picture", File([], ("av01", Frame(30, 20), Coded), ("av01", Frame(30, 20), Coded)) },
        { "alpha of another purpose", File(References(("auxl", 2, [1])), ("av01", Frame(30, 20), Coded), ("av01", [.. Frame(30, 20), Alpha("depth")], Coded)) },
        { "alpha of another size", File(References(("auxl", 2, [1])), ("av01", Frame(30, 20), Coded), ("av01", [.. Frame(31, 20), Alpha()], Coded)) },
        { "a grid without tiles", File([], ("grid", [Size(100, 60), Nclx(6)], GridOf(2, 100, 60))) },
        { "a grid of small tiles", File(References(("dimg", 1, [2, 3])), ("grid", [Size(60, 32), Nclx(6)], GridOf(2, 60, 32)), Tile(32), Tile(32)) },
        { "a tile too many", File(References(("dimg", 1, [2, 3])), ("grid", [Size(60, 60), Nclx(6)], GridOf(2, 60, 60)), Tile(64), Tile(64)) },
        { "no data", File([], ("av01", Frame(30, 20), [])) },
        { "a box behind", [.. File([], ("av01", Frame(30, 20), Coded)), .. Box("moov")] },
        { "cut off", File([], ("av01", Frame(30, 20), Coded))[..^1] },
    };

    [Theory]
    [MemberData(nameof(NotUnderstood))]
    public void Read_NotUnderstood_IsNull(string what, byte[] file)
    {
        AvifPicture? picture = AvifPicture.Read(file);

        Assert.True(picture is null, what);
    }

    [Fact]
    public void Read_Damaged_NeverReachesBeyondTheFile()
    {
        var random = new Random(1);
        int read = 0;
        for (int number = 0; number < 3_000; number++)
        {
            byte[] damaged = [.. Files[number % Files.Length]];
            for (int place = 0; place <= number % 3; place++)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            if (AvifPicture.Read(damaged) is { } picture)
            {
                read++;
                Assert.All(Parts(picture), part => Assert.InRange(part.End.Value, part.Start.Value + 1, damaged.Length));
            }
        }

        Assert.InRange(read, 100, 2_900);
    }

    private static IEnumerable<Range> Parts(AvifPicture picture) =>
        picture.Colors.Tiles.Concat(picture.Alpha?.Tiles ?? []).SelectMany(tile => tile);

    private static (string Type, byte[][] Properties, byte[] Data) Tile(int side) => ("av01", Frame(side, side), Coded);

    private static byte[] GridOf(int columns, int width, int height) => [0, 0, 0, (byte)(columns - 1), .. UInt16(width), .. UInt16(height)];
}
