using Etl.Host.Similar;
using PaletteEtl.Palettes;

namespace Etl.IntegrationTests.Similar;

public sealed class ColorSharesTests
{
    [Theory]
    [InlineData("#c02030", "[[192, 32, 48]]", "[1]")]
    [InlineData("#C23", "[[204, 34, 51]]", "[1]")]
    [InlineData("#c02030:60%,#101010", "[[192, 32, 48], [16, 16, 16]]", "[0.6, 0.4]")]
    [InlineData(" #c02030 : 60% , #101010 ", "[[192, 32, 48], [16, 16, 16]]", "[0.6, 0.4]")]
    [InlineData("#111111,#222222:50%,#333333", "[[17, 17, 17], [34, 34, 34], [51, 51, 51]]", "[0.25, 0.5, 0.25]")]
    [InlineData("#111111:0.01%,#222222:99.99%", "[[17, 17, 17], [34, 34, 34]]", "[0.0001, 0.9999]")]
    [InlineData("#111111:33%,#222222:33%,#333333:33%", "[[17, 17, 17], [34, 34, 34], [51, 51, 51]]", "[0.33, 0.33, 0.33]")]
    [InlineData("#111111:100%", "[[17, 17, 17]]", "[1]")]
    public void TryParse_Colours_GivesThemWithTheirShares(string text, string colors, string shares)
    {
        Assert.True(ColorShares.TryParse(text, out Palette palette, out string? problem));

        Assert.Null(problem);
        Assert.Equal((colors, shares), (palette.ToJson(), palette.PopulationToJson()));
    }

    [Theory]
    [InlineData("", "'' is not a colour. Write colours as #c02030.")]
    [InlineData("red", "'red' is not a colour. Write colours as #c02030.")]
    [InlineData("c02030", "'c02030' is not a colour. Write colours as #c02030.")]
    [InlineData("#c0203", "'#c0203' is not a colour. Write colours as #c02030.")]
    [InlineData("#c0203g", "'#c0203g' is not a colour. Write colours as #c02030.")]
    [InlineData("#-c0203", "'#-c0203' is not a colour. Write colours as #c02030.")]
    [InlineData("#111111,", "'' is not a colour. Write colours as #c02030.")]
    [InlineData("#111111:", "'' is not a share. Write shares from 0.01% to 100%, as in #c02030:60%.")]
    [InlineData("#111111:60", "'60' is not a share. Write shares from 0.01% to 100%, as in #c02030:60%.")]
    [InlineData("#111111:0%", "'0%' is not a share. Write shares from 0.01% to 100%, as in #c02030:60%.")]
    [InlineData("#111111:101%", "'101%' is not a share. Write shares from 0.01% to 100%, as in #c02030:60%.")]
    [InlineData("#111111:-1%", "'-1%' is not a share. Write shares from 0.01% to 100%, as in #c02030:60%.")]
    [InlineData("#111111:NaN%", "'NaN%' is not a share. Write shares from 0.01% to 100%, as in #c02030:60%.")]
    [InlineData("#111111:1e1%", "'1e1%' is not a share. Write shares from 0.01% to 100%, as in #c02030:60%.")]
    [InlineData("#111111:60%,#222222:60%", "the shares add up to 120%. Lower them to 100% in all.")]
    [InlineData("#111111:60%", "the shares add up to 60%. Raise them to 100% in all, or leave one out.")]
    [InlineData("#111111:100%,#222222", "the shares leave nothing for colours without one. Lower them.")]
    public void TryParse_AnythingElse_SaysWhatIsWrong(string text, string expected)
    {
        Assert.False(ColorShares.TryParse(text, out _, out string? problem));

        Assert.Equal(expected, problem);
    }

    [Fact]
    public void TryParse_MoreColoursThanAPaletteHolds_IsRefused()
    {
        Assert.True(ColorShares.TryParse(string.Join(',', Enumerable.Repeat("#111111", 20)), out _, out _));
        Assert.False(ColorShares.TryParse(string.Join(',', Enumerable.Repeat("#111111", 21)), out _, out string? problem));

        Assert.Equal("there are 21 colours. Name 20 at most.", problem);
    }
}
