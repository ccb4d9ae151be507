using System.CommandLine;
using System.Globalization;

namespace Etl.Host.Commands;

/// <summary>Makes the options of commands, by the kind of their value.</summary>
internal static class CommandOption
{
    public static Option<bool> Flag(string name, string description, params string[] aliases) =>
        new(name, aliases) { Description = description };

    /// <summary>A whole number within limits.</summary>
    public static Option<long?> Number(string name, string description, long min, long max = long.MaxValue) => Parsed<long?>(
        name,
        description,
        "N",
        max == long.MaxValue ? $"a whole number from {min}" : $"a whole number from {min} to {max}",
        text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number >= min && number <= max
            ? number
            : null);

    /// <summary>One of a few names, in any case.</summary>
    /// <param name="name">The option.</param>
    /// <param name="description">The text of the help.</param>
    /// <param name="names">The names, spelled as in the help.</param>
    public static Option<T?> OneOf<T>(string name, string description, params string[] names)
        where T : struct, Enum => Parsed<T?>(
            name,
            description,
            string.Join('|', names),
            $"{string.Join(", ", names[..^1])} or {names[^1]}",
            text => names.Contains(text, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<T>(text, ignoreCase: true) : null);

    public static Option<FileInfo?> File(string name, string description, string helpName, params string[] aliases) => new(name, aliases)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = argument =>
        {
            if (argument.Tokens is [{ Value.Length: > 0 } path])
            {
                return new FileInfo(path.Value);
            }

            argument.AddError($"{name} takes the name of a file.");
            return null;
        },
    };

    /// <summary>The option of commands that log.</summary>
    public static Option<LogFormat> LogFormat() => new Option<LogFormat>("--log-format")
    {
        Description = "Format of the log lines on standard error: text, or one JSON object per line.",
        HelpName = "text|json",
    }.AcceptOnlyFromAmong("text", "json");

    private static Option<T> Parsed<T>(string name, string description, string helpName, string takes, Func<string, T> parse) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = argument =>
        {
            string text = argument.Tokens[0].Value;
            T value = parse(text);
            if (value is null)
            {
                argument.AddError($"{name} takes {takes}, not '{text}'.");
            }

            return value;
        },
    };
}
