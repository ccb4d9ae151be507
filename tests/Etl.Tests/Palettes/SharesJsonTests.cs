using System.Text;
using PaletteEtl.Palettes;

namespace Etl.Tests.Palettes;

public sealed class SharesJsonTests
{
    private static readonly Palette Two = new(new Rgb(1, 2, 3), new Rgb(4, 5, 6));

    [Theory]
    [InlineData("[0.4122, 0.207]", 0.4122, 0.207)]
    [InlineData(" [ 0.5 ,0.25 ] ", 0.5, 0.25)]
    [InlineData("[1, 0]", 1, 0)]
    [InlineData("[1.0,0.00]", 1, 0)]
    [InlineData("[0.12345678901234567890, 0.1]", 0.1234, 0.1)]
    public void Add_SharesOfEachColour_AreThoseOfThePalette(string json, double first, double second)
    {
        Palette palette = SharesJson.Add(Two, Encoding.UTF8.GetBytes(json));

        Assert.True(palette.HasPopulation);
        Assert.Equal((first, second), (palette.Population(0), palette.Population(1)));
        Assert.Equal(Two, palette);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("[0.5]")]
    [InlineData("[0.5, 0.3, 0.2]")]
    [InlineData("[0.5, 0.3")]
    [InlineData("[0.5, 0.3] x")]
    [InlineData("[0.5 0.3]")]
    [InlineData("[0.5, 1.1]")]
    [InlineData("[0.5, -0.1]")]
    [InlineData("[0.5, 2]")]
    [InlineData("[0.5, 1e-1]")]
    [InlineData("[0.5, .5]")]
    [InlineData("[0.5, 0.]")]
    [InlineData("[0.5, 00.1]")]
    [InlineData("[0.5, \"0.1\"]")]
    [InlineData("[0.5, null]")]
    public void Add_AnythingElse_LeavesThePaletteWithoutShares(string json) =>
        Assert.False(SharesJson.Add(Two, Encoding.UTF8.GetBytes(json)).HasPopulation);
}
