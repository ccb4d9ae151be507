using System.Text.RegularExpressions;

namespace Etl.Host.Configuration;

/// <summary>The settings among the environment variables: <c>Etl__Write__BatchSize</c> is <c>Etl:Write:BatchSize</c>.</summary>
internal static class EnvironmentLayer
{
    private const string Prefix = EtlOptions.Section + "_";

    /// <remarks>A variable is read only when a key follows the root, so that a stray <c>ETL</c> or <c>KESTREL_X</c> does no harm. An empty
    /// variable counts as not set: Docker Compose passes those that it cannot substitute as empty ones.</remarks>
    public static IEnumerable<Setting> Read(IReadOnlyDictionary<string, string> variables) =>
        from name in variables.Keys.Order(StringComparer.Ordinal)
        let path = name.Replace("__", ":", StringComparison.Ordinal)
        where variables[name].Length > 0
        where KeyCheck.Roots.Any(root => IsUnder(path, root))
        select new Setting(path, variables[name], $"environment variable {name}");

    /// <summary>A line for each variable that would set an option if its underscores were double.</summary>
    public static IEnumerable<string> Misspelled(IReadOnlyDictionary<string, string> variables) =>
        from name in variables.Keys.Order(StringComparer.Ordinal)
        where variables[name].Length > 0 && name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
        where !IsUnder(name.Replace("__", ":", StringComparison.Ordinal), EtlOptions.Section)
        let meant = EtlOption.All.Select(option => Meant(option, name)).FirstOrDefault(static meant => meant is not null)
        where meant is not null
        select $"The environment variable {name} is ignored: two underscores separate the parts of an option. Rename it to {meant}.";

    /// <summary>The variable of an option, when a name has the same letters in the same order.</summary>
    private static string? Meant(EtlOption option, string name)
    {
        string letters = string.Join("_*", option.Path.Where(char.IsAsciiLetterOrDigit));
        string entry = option.IsMap ? "_+(?<entry>.+)" : option.IsList ? "(?:_+(?<entry>[0-9]+))?" : "";
        Match match = Regex.Match(name, $@"\A{letters}{entry}\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        string variable = option.Path.Replace(":", "__", StringComparison.Ordinal);
        return !match.Success ? null
            : match.Groups["entry"] is { Success: true } named ? $"{variable}__{named.Value}"
            : option.IsList ? $"{variable}__0"
            : variable;
    }

    private static bool IsUnder(string path, string root) =>
        path.Length > root.Length + 1 && path[root.Length] == ':' && path.StartsWith(root, StringComparison.OrdinalIgnoreCase);
}
