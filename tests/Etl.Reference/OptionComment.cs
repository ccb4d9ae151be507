using System.Text.RegularExpressions;
using Etl.Host.Configuration;

namespace Etl.Reference;

/// <summary>The comment of an option: its effect, then <c>Range: ... .</c> where there is one, then <c>Default: ... .</c></summary>
/// <param name="Effect">The sentences before the range.</param>
/// <param name="Range">The range, as the comment states it; null when it states none.</param>
/// <param name="Default">The default, as the comment states it.</param>
internal sealed partial record OptionComment(XmlComment Effect, string? Range, string Default)
{
    /// <exception cref="InvalidDataException">The comment is not made like this.</exception>
    public static OptionComment Of(EtlOption option)
    {
        XmlComment comment = XmlComment.Of(option.Property);
        Match plain = Sentences().Match(comment.Plain);
        return plain.Success
            ? new(
                new XmlComment(plain.Groups["effect"].Value, Sentences().Match(comment.Markdown).Groups["effect"].Value),
                plain.Groups["range"] is { Success: true, Value: var range } ? range : null,
                plain.Groups["default"].Value)
            : throw new InvalidDataException($"The comment of {option.Path} does not end with its default: {comment.Plain}");
    }

    [GeneratedRegex(@"^(?<effect>.+?\.)( Range: (?<range>.+?)\.)? Default: (?<default>.+)\.$")]
    private static partial Regex Sentences();
}
