using PaletteEtl.Catalogue;

namespace Etl.Tests.Catalogue;

public sealed class RowFilterTests
{
    [Theory]
    [InlineData("year = 1990", "year = 1990")]
    [InlineData("  YEAR>=-1990  ", "YEAR >= -1990")]
    [InlineData("a<1 AND b<=2.5 And c>3e2 and d<>'x' and e!='y'", "a < 1; b <= 2.5; c > 300; d <> 'x'; e != 'y'")]
    [InlineData("kind in ('movie','tv', 3)", "kind IN 'movie' 'tv' 3")]
    [InlineData("kind not in ('movie')", "kind NOT IN 'movie'")]
    [InlineData("deleted is null", "deleted IS NULL")]
    [InlineData("deleted IS NOT NULL", "deleted IS NOT NULL")]
    [InlineData("year between 1990 and 1999 and a = 1", "year BETWEEN 1990 1999; a = 1")]
    [InlineData("year not between 1990 and 1999", "year NOT BETWEEN 1990 1999")]
    [InlineData("\"the \"\"best\"\" year\" = ''", "the \"best\" year = ''")]
    [InlineData("\"and\" = 'it''s -- ; or 1=1'", "and = 'it's -- ; or 1=1'")]
    [InlineData("Länge = 9223372036854775807", "Länge = 9223372036854775807")]
    [InlineData("a = 9223372036854775808", "a = 9.223372036854776E+18")]
    [InlineData("a = 'two\nlines'\nand\tb=1", "a = 'two\nlines'; b = 1")]
    public void Parse_Filter_HasItsConditions(string text, string conditions) => Assert.Equal(
        conditions,
        string.Join("; ", RowFilter.Parse(text).Conditions.Select(static condition =>
            string.Join(' ', [condition.Column, condition.Operator, .. condition.Values.Select(Written)]))));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \n")]
    public void Parse_NoText_IsNoFilter(string? text) => Assert.Empty(RowFilter.Parse(text).Conditions);

    [Theory]
    [InlineData("year", "the end at character 5 is unexpected, there must be =, <>, <, <=, >, >=, in, between or is")]
    [InlineData("year =", "the end at character 7 is unexpected, there must be a number or a text in single quotes")]
    [InlineData("year = 1 and", "the end at character 13 is unexpected, there must be a column")]
    [InlineData("year = 1 or year = 2", "or at character 10 is unexpected, there must be and; alternatives of one column are written year in (1999, 2000)")]
    [InlineData("year = 1; DROP TABLE movies", "; at character 9 is unexpected")]
    [InlineData("year = 1 -- comment", "- at character 10 is unexpected")]
    [InlineData("year = 1 /* x */", "/ at character 10 is unexpected")]
    [InlineData("1 = 1", "1 at character 1 is unexpected, there must be a column")]
    [InlineData("'year' = 1", "'year' at character 1 is unexpected, there must be a column")]
    [InlineData("year = other", "other at character 8 is unexpected, there must be a number or a text in single quotes")]
    [InlineData("year = \"1\"", "\"1\" at character 8 is unexpected, there must be a number or a text in single quotes")]
    [InlineData("year = null", "null at character 8 is unexpected, there must be a value; NULL is compared with is null")]
    [InlineData("year = (select 1)", "( at character 8 is unexpected, there must be a number or a text in single quotes")]
    [InlineData("abs(year) = 1", "( at character 4 is unexpected, there must be =, <>, <, <=, >, >=, in, between or is")]
    [InlineData("(year = 1)", "( at character 1 is unexpected, there must be a column")]
    [InlineData("year in 1", "1 at character 9 is unexpected, there must be (")]
    [InlineData("year in ()", ") at character 10 is unexpected, there must be a number or a text in single quotes")]
    [InlineData("year in (1, 2", "the end at character 14 is unexpected, there must be )")]
    [InlineData("year not = 1", "= at character 10 is unexpected, there must be in or between")]
    [InlineData("year is 1", "1 at character 9 is unexpected, there must be null")]
    [InlineData("year between 1", "the end at character 15 is unexpected, there must be and")]
    [InlineData("kind = 'movie", "the quote at character 8 has no end")]
    [InlineData("\"kind = 'movie'", "the quote at character 1 has no end")]
    [InlineData("kind like 'm%'", "like at character 6 is unexpected, there must be =, <>, <, <=, >, >=, in, between or is")]
    [InlineData("t.year = 1", ". at character 2 is unexpected")]
    [InlineData("year = 1e999", "1e999 at character 8 is unexpected, there must be a number or a text in single quotes")]
    [InlineData("year = $where0", "$ at character 8 is unexpected")]
    [InlineData("ye\0ar = 1", "\0 at character 3 is unexpected")]
    public void Problem_OfNoFilter_SaysWhere(string text, string problem) => Assert.Equal(problem, RowFilter.Problem(text));

    private static string Written(object value) => value switch
    {
        string text => $"'{text}'",
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"{value} is no value."),
    };
}
