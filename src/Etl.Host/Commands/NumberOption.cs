using System.CommandLine;
using System.Globalization;

namespace Etl.Host.Commands;

/// <summary>Options whose value is a whole number within limits.</summary>
internal static class NumberOption
{
    public static Option<long?> Create(string name, string description, long min, long max = long.MaxValue) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = argument =>
        {
            string text = argument.Tokens[0].Value;
            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
                && number >= min && number <= max)
            {
                return number;
            }

            string limits = max == long.MaxValue ? $"from {min}" : $"from {min} to {max}";
            argument.AddError($"{name} takes a whole number {limits}, not '{text}'.");
            return null;
        },
    };
}
