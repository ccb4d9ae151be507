using System.Globalization;

namespace Etl.Host.Configuration;

/// <summary>Values of options as text.</summary>
internal static class OptionText
{
    private const NumberStyles WholeNumber =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    public static string? Format(object? value) => value switch
    {
        TimeSpan { Milliseconds: > 0 } time => time.ToString(@"hh\:mm\:ss\.fff", CultureInfo.InvariantCulture),
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString(),
    };

    /// <summary>The whole number that a text stands for, however large; null when it stands for none.</summary>
    public static decimal? Number(string text) =>
        decimal.TryParse(text, WholeNumber, CultureInfo.InvariantCulture, out decimal number) ? number : null;

    /// <summary>The number, with a point in it or without, that a text stands for; null when it stands for none.</summary>
    public static decimal? Fraction(string text) =>
        decimal.TryParse(text, WholeNumber | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) ? number : null;

    /// <summary>The duration that a text stands for; null when it stands for none.</summary>
    /// <remarks>Hours, minutes and seconds have to be there: a bare 25 would be taken for 25 days.</remarks>
    public static TimeSpan? Duration(string text) =>
        text.Count(c => c == ':') == 2 && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan time) ? time : null;
}
