using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using PaletteEtl.Columns;
using PaletteEtl.Palettes;

namespace Etl.Tests.Columns;

/// <summary>Hashes of small pictures beside those of npm's packages, which <c>tests/comparison/hashes.mjs</c> has written.</summary>
public sealed class ReferenceHashTests
{
    private static readonly JsonElement[][] Pictures =
    [
        .. File.ReadLines(Repository.PathOf("tests/Etl.Tests/Columns/hashes.jsonl"))
            .Select(static line => JsonSerializer.Deserialize<JsonElement[]>(line)!),
    ];

    public static TheoryData<int> All => [.. Enumerable.Range(0, Pictures.Length)];

    [Theory]
    [MemberData(nameof(All))]
    public void ThumbHash_SmallPicture_IsThatOfThumbhash(int picture) =>
        Assert.Equal(Pictures[picture][3].GetString(), Convert.ToBase64String(ThumbHash.Of(RasterOf(picture))));

    [Theory]
    [MemberData(nameof(All))]
    public void BlurHash_SmallPicture_IsThatOfBlurhash(int picture)
    {
        Raster raster = RasterOf(picture);
        (int x, int y) = raster.Height > raster.Width ? (3, 4) : (4, 3);

        Assert.Equal(Pictures[picture][4].GetString(), BlurHash.Of(raster, x, y));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void OfFrequencies_GreyPicture_IsThatOfSharpPhash(int picture)
    {
        const int side = PerceptualHash.Side;
        Raster raster = RasterOf(picture);
        byte[] grey = [.. Enumerable.Range(0, side * side).Select(GreenAt)];

        string hash = PerceptualHash.OfFrequencies(grey).ToString("x16", CultureInfo.InvariantCulture);

        Assert.Equal(Pictures[picture][5].GetString(), hash);

        byte GreenAt(int i) => raster.Rgba[(4 * ((i / side * raster.Height / side * raster.Width) + (i % side * raster.Width / side))) + 1];
    }

    private static Raster RasterOf(int picture)
    {
        JsonElement[] values = Pictures[picture];
        return new Raster(values[0].GetInt32(), values[1].GetInt32(), MemoryMarshal.Cast<byte, uint>(values[2].GetBytesFromBase64()).ToArray());
    }
}
