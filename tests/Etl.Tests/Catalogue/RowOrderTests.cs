using PaletteEtl.Catalogue;

namespace Etl.Tests.Catalogue;

public sealed class RowOrderTests
{
    [Theory]
    [InlineData("year", "year", false)]
    [InlineData(" Year  ASC ", "Year", false)]
    [InlineData("year desc", "year", true)]
    [InlineData("\"my \"\"best\"\" year\" DESC", "my \"best\" year", true)]
    [InlineData("desc", "desc", false)]
    [InlineData("desc desc", "desc", true)]
    public void Parse_Order_IsAColumnAndADirection(string text, string column, bool isDescending) =>
        Assert.Equal(new RowOrder(column, isDescending), RowOrder.Parse(text));

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void Parse_NoText_IsNoOrder(string? text) => Assert.Null(RowOrder.Parse(text));

    [Theory]
    [InlineData("year down")]
    [InlineData("year desc, id")]
    [InlineData("year, id")]
    [InlineData("year desc desc")]
    [InlineData("-year")]
    [InlineData("1")]
    [InlineData("'year'")]
    [InlineData("random()")]
    [InlineData("year; DROP TABLE movies")]
    [InlineData("\"year")]
    public void Problem_OfNoOrder_IsThere(string text) => Assert.NotNull(RowOrder.Problem(text));
}
