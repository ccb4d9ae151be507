namespace PaletteEtl.Catalogue;

/// <summary>The condition of <c>Etl:Query:Where</c>: comparisons of columns with values, all of which have to hold. Parsed here, so that
/// no part of the text reaches the database as SQL.</summary>
/// <param name="Conditions">The comparisons.</param>
internal sealed record RowFilter(IReadOnlyList<RowCondition> Conditions)
{
    /// <summary>A filter that every row passes.</summary>
    public static RowFilter None { get; } = new([]);

    /// <summary>The filter of a text; null or white space is none.</summary>
    /// <exception cref="FormatException">The text is no filter; the message says why, and where.</exception>
    public static RowFilter Parse(string? text) => string.IsNullOrWhiteSpace(text) ? None : new RowFilterParser(text).Parse();

    /// <summary>The problem with a text, or null.</summary>
    public static string? Problem(string? text) => QuerySyntax.Problem(() => Parse(text));
}
