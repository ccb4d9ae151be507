using PaletteEtl.Columns;

namespace PaletteEtl.Catalogue;

/// <summary>The settings that the palette and the other columns of a movie were made with.</summary>
/// <remarks>Stored as one text: <c>ColorThief/1 colors=6 step=10 scale=full; accent/1:Hex width/1</c>, without the semicolon when there
/// are no columns.</remarks>
/// <param name="Palette">The settings of the palette.</param>
/// <param name="Columns">The fingerprint of each column.</param>
internal sealed record MadeWith(string Palette, IReadOnlyList<string> Columns)
{
    private const string Separator = "; ";

    public static MadeWith Of(string palette, IEnumerable<CoverColumn> columns) =>
        new(palette, [.. columns.Select(static column => column.Values.Fingerprint)]);

    public static MadeWith Parse(string text)
    {
        int end = text.IndexOf(Separator, StringComparison.Ordinal);
        return end < 0 ? new(text, []) : new(text[..end], text[(end + Separator.Length)..].Split(' '));
    }

    /// <summary>Whether today's palette would be another, or the value of a column that both have.</summary>
    public bool IsOutdated(MadeWith today) => Palette != today.Palette
        || Columns.Any(made => today.Columns.Any(column => NameOf(column) == NameOf(made) && column != made));

    /// <summary>The same palette with other columns filled in.</summary>
    public MadeWith With(IEnumerable<string> columns)
    {
        string[] filled = [.. columns];
        return this with { Columns = [.. Columns.Where(made => !filled.Any(column => NameOf(column) == NameOf(made))), .. filled] };
    }

    public override string ToString() => Columns.Count == 0 ? Palette : $"{Palette}{Separator}{string.Join(' ', Columns)}";

    private static string NameOf(string fingerprint) => fingerprint.Split('/')[0];
}
