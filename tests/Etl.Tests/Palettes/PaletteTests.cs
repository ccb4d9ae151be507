using System.Text.Json;
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
        var builder = new PaletteBuilder();
        builder.Add(new Rgb(1, 2, 3), 2 / 3.0);
        builder.Add(new Rgb(4, 5, 6), 1 / 3.0);
        builder.Add(new Rgb(7, 8, 9));
        Palette palette = builder.ToPalette();

        Assert.True(palette.HasPopulation);
        Assert.Equal((0.6667, 0.3333, 0), (palette.Population(0), palette.Population(1), palette.Population(2)));
        Assert.Equal("[0.6667, 0.3333, 0]", palette.PopulationToJson());
        Assert.Throws<ArgumentOutOfRangeException>(() => palette.Population(3));
        Assert.Equal(new Palette(palette.ToArray()), palette); // equal when the colours are
    }

    [Fact]
    public void Constructor_Shares_AreThePopulation()
    {
        var palette = new Palette([new Rgb(1, 2, 3), new Rgb(4, 5, 6)], [0.75, 0.25]);

        Assert.True(palette.HasPopulation);
        Assert.Equal("[0.75, 0.25]", palette.PopulationToJson());
        Assert.Throws<ArgumentException>(() => new Palette([new Rgb(1, 2, 3)], [0.75, 0.25]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Palette([new Rgb(1, 2, 3)], [1.1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Palette([new Rgb(1, 2, 3)], [-0.1]));
    }

    [Fact]
    public void Population_OfColoursAlone_IsNotKnown()
    {
        var palette = new Palette(new Rgb(1, 2, 3));

        Assert.False(palette.HasPopulation);
        Assert.Equal(0, palette.Population(0));
    }

    [Fact]
    public void Enumerate_Palette_GivesItsColoursInOrder()
    {
        var palette = new Palette(new Rgb(1, 2, 3), new Rgb(4, 5, 6));

        var colors = new List<Rgb>();
        foreach (Rgb color in palette)
        {
            colors.Add(color);
        }

        Assert.Equal([new Rgb(1, 2, 3), new Rgb(4, 5, 6)], colors);
        Assert.Equal(colors, palette.AsEnumerable());
        Assert.Equal(2, palette.Count);
    }

    [Theory]
    [InlineData("[[124, 198, 203], [214, 191, 131]]")]
    [InlineData(" [[124,198,203],\n[214,191,131]] ")]
    public void Parse_ListOfColours_IsThePalette(string json) => Assert.Equal(
        new Palette(new Rgb(124, 198, 203), new Rgb(214, 191, 131)), Palette.Parse(json));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("[[1, 2]]")]
    [InlineData("[[1, 2, 256]]")]
    [InlineData("[[1, 2, 3]] x")]
    public void Parse_AnythingElse_Throws(string text)
    {
        Assert.Throws<FormatException>(() => Palette.Parse(text));
        Assert.False(Palette.TryParse(text, out _));
        Assert.False(Palette.TryParse(null, out _));
    }

    [Fact]
    public void Serialize_Palette_IsAListOfColoursThatIsReadBack()
    {
        var palette = new Palette(new Rgb(124, 198, 203), new Rgb(0, 191, 255));

        string json = JsonSerializer.Serialize(new { palette });

        Assert.Equal("""{"palette":[[124,198,203],[0,191,255]]}""", json);
        Assert.Equal(palette, JsonSerializer.Deserialize<Palette>("[[124, 198, 203], [0, 191, 255]]"));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Palette>("[[124, 198]]"));
    }

    [Fact]
    public void ToHex_Colour_IsAsCssWritesIt() => Assert.Equal("#0cc6ff", new Rgb(12, 198, 255).ToHex());

    [Fact]
    public void ToString_Colour_IsAsCssWritesIt() => Assert.Equal("#0cc6ff", $"{new Rgb(12, 198, 255)}");
}
