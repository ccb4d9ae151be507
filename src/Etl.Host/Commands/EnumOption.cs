using System.CommandLine;

namespace Etl.Host.Commands;

/// <summary>Options whose value is one of a few names, in any case.</summary>
internal static class EnumOption
{
    /// <param name="name">The option.</param>
    /// <param name="description">The text of the help.</param>
    /// <param name="names">The names, spelled as in the help.</param>
    public static Option<T?> Create<T>(string name, string description, params string[] names)
        where T : struct, Enum => new(name)
        {
            Description = description,
            HelpName = string.Join('|', names),
            CustomParser = argument =>
            {
                string text = argument.Tokens[0].Value;
                if (names.Contains(text, StringComparer.OrdinalIgnoreCase))
                {
                    return Enum.Parse<T>(text, ignoreCase: true);
                }

                argument.AddError($"{name} takes {string.Join(", ", names[..^1])} or {names[^1]}, not '{text}'.");
                return null;
            },
        };
}
