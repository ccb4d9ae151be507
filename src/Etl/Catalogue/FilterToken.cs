using System.Globalization;
using System.Text.RegularExpressions;

namespace PaletteEtl.Catalogue;

/// <summary>A token of a filter or an order: a name or keyword, a quoted name, a value, or a sign.</summary>
/// <param name="Text">The token as the text has it; empty at the end.</param>
/// <param name="Start">Its first character, counted from 1.</param>
internal readonly partial record struct FilterToken(string Text, int Start)
{
    public bool IsEnd => Text.Length == 0;

    /// <summary>The tokens of a text, with an empty one at the end.</summary>
    /// <exception cref="FormatException">A character begins no token.</exception>
    public static IReadOnlyList<FilterToken> Of(string text)
    {
        var tokens = new List<FilterToken>();
        int end = 0;
        foreach (Match match in Pattern().Matches(text))
        {
            if (match.Groups["token"] is { Success: true } token)
            {
                tokens.Add(new FilterToken(token.Value, token.Index + 1));
            }
            else if (match.Groups["other"].Success)
            {
                throw new FormatException(match.Value is "'" or "\""
                    ? string.Create(CultureInfo.InvariantCulture, $"the quote at character {match.Index + 1} has no end")
                    : string.Create(CultureInfo.InvariantCulture, $"{match.Value} at character {match.Index + 1} is unexpected"));
            }

            end = match.Index + match.Length;
        }

        tokens.Add(new FilterToken("", end + 1));
        return tokens;
    }

    public bool Is(string keyword) => Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    /// <summary>The name of a column; null when the token is none.</summary>
    public string? Column => Text is ['"', .. var quoted, '"'] ? quoted.Replace("\"\"", "\"", StringComparison.Ordinal)
        : Text.Length > 0 && (char.IsLetter(Text[0]) || Text[0] == '_') ? Text
        : null;

    /// <summary>A number or a text; null when the token is neither.</summary>
    public object? Value => Text is ['\'', .. var quoted, '\''] ? quoted.Replace("''", "'", StringComparison.Ordinal)
        : long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number
        : Text.Length > 0 && Text[0] is '-' or (>= '0' and <= '9')
            && double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double real) && double.IsFinite(real) ? real
        : null;

    [GeneratedRegex("""\s+|(?<token>"(?:[^"]|"")+"|'(?:[^']|'')*'|-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|[\p{L}_][\p{L}\p{Nd}_$]*|<=|>=|<>|!=|[=<>(),])|(?<other>.)""", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
