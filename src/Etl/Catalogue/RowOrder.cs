namespace PaletteEtl.Catalogue;

/// <summary>The order of <c>Etl:Query:OrderBy</c>: a column, the least value first unless it is descending.</summary>
/// <param name="Column">The name of the column.</param>
/// <param name="IsDescending">Whether the greatest value is first.</param>
internal sealed record RowOrder(string Column, bool IsDescending)
{
    /// <summary>The order of a text, such as <c>year desc</c>; null or white space is none.</summary>
    /// <exception cref="FormatException">The text is no order; the message says why, and where.</exception>
    public static RowOrder? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        return FilterToken.Of(text) switch
        {
            [{ Column: { } column }, { IsEnd: true }] => new(column, IsDescending: false),
            [{ Column: { } column }, var direction, { IsEnd: true }] when direction.Is("asc") || direction.Is("desc") =>
                new(column, direction.Is("desc")),
            _ => throw new FormatException("an order is a column and, for the greatest value first, desc, such as year desc"),
        };
    }

    /// <summary>The problem with a text, or null.</summary>
    public static string? Problem(string? text) => QuerySyntax.Problem(() => Parse(text));
}
