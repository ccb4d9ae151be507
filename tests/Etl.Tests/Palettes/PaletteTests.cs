using PaletteEtl.Palettes;

namespace Etl.Tests.Palettes;

public sealed class PaletteTests
{
    [Fact]
    public void ToJson_OfColours_IsWhatPythonWrites() =>
        Assert.Equal("[[124, 198, 203], [0, 9, 255]]", new Palette(new Rgb(124, 198, 203), new Rgb(0, 9, 255)).ToJson());

    [Fact]
    public void ToJson_OfNoColours_IsAnEmptyList() => Assert.Equal("[]", default(Palette).ToJson());

    [Fact]
    public void Equals_SameColours_HoldsWhateverThePaletteHeldBefore()
    {
        var short1 = new Palette(new Rgb(1, 2, 3));
        var short2 = new Palette(new Rgb(1, 2, 3));
        var longer = new Palette(new Rgb(1, 2, 3), new Rgb(4, 5, 6));

        Assert.True(short1 == short2 && short1.Equals((object)short2));
        Assert.Equal(short1.GetHashCode(), short2.GetHashCode());
        Assert.True(short1 != longer);
    }

    [Fact]
    public void Equals_OtherOrder_DoesNotHold() => Assert.NotEqual(
        new Palette(new Rgb(1, 2, 3), new Rgb(4, 5, 6)), new Palette(new Rgb(4, 5, 6), new Rgb(1, 2, 3)));

    [Fact]
    public void ToArray_OfColours_GivesThemInOrder() =>
        Assert.Equal([new Rgb(1, 2, 3), new Rgb(4, 5, 6)], new Palette(new Rgb(1, 2, 3), new Rgb(4, 5, 6)).ToArray());

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void Indexer_OutsideTheColours_Throws(int index)
    {
        var palette = new Palette(new Rgb(1, 2, 3));

        Assert.Throws<ArgumentOutOfRangeException>(() => palette[index]);
    }

    [Fact]
    public void GetHashCode_OtherColoursOrAnotherOrder_Differs()
    {
        Rgb one = new(1, 2, 3), two = new(4, 5, 6);
        Palette[] palettes = [default, new(one), new(two), new(one, two), new(two, one), new(new Rgb[20])];

        Assert.Equal(palettes.Length, palettes.Select(palette => palette.GetHashCode()).Distinct().Count());
    }

    [Fact]
    public void Constructor_TwentyColours_HoldsThem() => Assert.Equal(20, new Palette(new Rgb[20]).Count);

    [Fact]
    public void Constructor_MoreThanTwentyColours_SaysSo() => Assert.StartsWith(
        "A palette holds 20 colours at most, not 21.",
        Assert.Throws<ArgumentException>(() => new Palette(new Rgb[21])).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Population_OfAPaletteWithShares_HasFourDecimals()
    {
        var palette = new Palette();
        palette.Add(new Rgb(1, 2, 3), 2 / 3.0);
        palette.Add(new Rgb(4, 5, 6), 1 / 3.0);
        palette.Add(new Rgb(7, 8, 9));

        Assert.True(palette.HasPopulation);
        Assert.Equal((0.6667, 0.3333, 0), (palette.Population(0), palette.Population(1), palette.Population(2)));
        Assert.Equal("[0.6667, 0.3333, 0]", palette.PopulationToJson());
        Assert.Throws<ArgumentOutOfRangeException>(() => palette.Population(3));
        Assert.Equal(new Palette(palette.ToArray()), palette); // equal when the colours are
    }

    [Fact]
    public void Population_OfColoursAlone_IsNotKnown()
    {
        var palette = new Palette(new Rgb(1, 2, 3));

        Assert.False(palette.HasPopulation);
        Assert.Equal(0, palette.Population(0));
    }
}
