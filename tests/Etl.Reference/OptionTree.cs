using System.Text.Json.Nodes;
using Etl.Host.Configuration;

namespace Etl.Reference;

/// <summary>The options as JSON, nested as their paths are, in the order of their declaration.</summary>
internal static class OptionTree
{
    /// <summary>Options of these roots are generated.</summary>
    public static IEnumerable<string> Roots => KeyCheck.Roots.Where(static root => IsSection(root));

    /// <summary>The default of an option.</summary>
    public static JsonNode? Default(EtlOption option) => option.Default switch
    {
        int number => number,
        long number => number,
        double number => number,
        bool flag => flag,
        IEnumerable<string> entries => new JsonArray([.. entries.Select(static entry => JsonValue.Create(entry))]),
        var value => OptionText.Format(value),
    };

    /// <summary>The entries of a section.</summary>
    /// <param name="path">The section.</param>
    /// <param name="option">The JSON of an option.</param>
    /// <param name="section">The JSON of a section in it.</param>
    public static JsonObject Of(string path, Func<EtlOption, JsonNode?> option, Func<string, JsonNode> section)
    {
        var entries = new JsonObject();
        foreach (string key in Below(path).Select(below => below.Path[(path.Length + 1)..].Split(':')[0]).Distinct())
        {
            string entry = $"{path}:{key}";
            entries[key] = EtlOption.Find(entry) is { } found ? option(found) : section(entry);
        }

        return entries;
    }

    private static bool IsSection(string path) => Below(path).Any();

    private static IEnumerable<EtlOption> Below(string path) =>
        EtlOption.All.Where(option => option.Path.StartsWith(path + ":", StringComparison.Ordinal));
}
