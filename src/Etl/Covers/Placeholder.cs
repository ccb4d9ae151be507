using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PaletteEtl.Covers;

/// <summary>A placeholder of a location: <c>{id}</c>, <c>{id:D7}</c> padded with zeros, a part of either, such as <c>{id[..2]}</c>
/// or <c>{id:D7[^2..]}</c>, or <c>{cover}</c>, the location that the movie's row has.</summary>
internal sealed partial class Placeholder
{
    public const int MaxDigits = 99;

    private readonly int _digits;
    private readonly Range? _part;

    private Placeholder(Match token)
    {
        (Text, Start, End) = (token.Value, token.Index, token.Index + token.Length);
        IsCover = token.Groups["cover"].Success;
        _digits = token.Groups["digits"] is { Success: true } digits ? Number(digits.ValueSpan) : 0;
        _part = token.Groups["part"].Success
            ? new Range(IndexOf(token.Groups["from"], Index.Start), IndexOf(token.Groups["to"], Index.End))
            : null;
    }

    /// <summary>The placeholder as the template has it.</summary>
    public string Text { get; }

    public int Start { get; }

    public int End { get; }

    /// <summary>Whether it is <c>{cover}</c>.</summary>
    public bool IsCover { get; }

    /// <summary>Whether the part has no character of any id.</summary>
    public bool IsEmpty => _part is { } part
        && part.Start.IsFromEnd == part.End.IsFromEnd
        && (part.Start.IsFromEnd ? part.Start.Value <= part.End.Value : part.Start.Value >= part.End.Value);

    /// <summary>The placeholders of a template, in order.</summary>
    public static Placeholder[] In(string template) =>
        [.. Token().Matches(template).Where(static token => token.ValueSpan is not ("{{" or "}}")).Select(static token => new Placeholder(token))];

    /// <summary>Whether a template has a brace that is neither doubled nor part of a placeholder.</summary>
    public static bool HasOther(string template) => Token().Replace(template, "").AsSpan().IndexOfAny('{', '}') >= 0;

    /// <summary>The text in place of a placeholder of the id; null when an id has no such part, or the part is no name.</summary>
    public string? Of(string id)
    {
        string padded = id.Length < _digits && !id.AsSpan().ContainsAnyExceptInRange('0', '9') ? id.PadLeft(_digits, '0') : id;
        return _part is not { } part ? padded
            : PartOf(padded, part) is { Length: > 0 } name && LocationTemplate.IsName(name) ? name
            : null;
    }

    /// <summary>The part that there is of a text. A character outside of the basic plane counts as one.</summary>
    private static string PartOf(string text, Range part)
    {
        if (text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            Rune[] runes = [.. text.EnumerateRunes()];
            return string.Concat(runes[Within(part, runes.Length)]);
        }

        return text[Within(part, text.Length)];
    }

    private static Range Within(Range part, int length)
    {
        int from = Within(part.Start, length);
        return from..Math.Max(from, Within(part.End, length));
    }

    private static int Within(Index index, int length) => Math.Clamp(index.GetOffset(length), 0, length);

    private static Index IndexOf(Group bound, Index open) =>
        !bound.Success ? open
        : bound.ValueSpan[0] == '^' ? Index.FromEnd(Number(bound.ValueSpan[1..]))
        : Index.FromStart(Number(bound.ValueSpan));

    private static int Number(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\{\{|\}\}|\{(?:(?<cover>cover)|id(?::D(?<digits>[1-9][0-9]?))?(?<part>\[(?<from>\^?[0-9]{1,4})?\.\.(?<to>\^?[0-9]{1,4})?\])?)\}")]
    private static partial Regex Token();
}
