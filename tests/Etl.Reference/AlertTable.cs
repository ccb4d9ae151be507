using System.Text.RegularExpressions;

namespace Etl.Reference;

/// <summary>The table of alerts in <c>docs/observability.md</c>, from the comment before each rule.</summary>
internal static partial class AlertTable
{
    private const string Rules = "etl-alerts.yml";

    /// <exception cref="InvalidDataException">A rule has no comment.</exception>
    public static IEnumerable<string> Lines() =>
    [
        "| alert | severity | condition |",
        "| --- | --- | --- |",
        .. Rule().Matches(Text()).Select(static rule => Row(rule.Groups["name"].Value, rule.Groups["severity"].Value, rule.Groups["condition"].Value)),
    ];

    private static string Row(string name, string severity, string condition) => condition.Length > 0
        ? $"| `{name}` | {severity} | {condition} |"
        : throw new InvalidDataException($"{Rules}: {name} has no comment. Fix: write its condition in the line before it.");

    private static string Text()
    {
        using Stream stream = typeof(AlertTable).Assembly.GetManifestResourceStream(Rules)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"(?:# (?<condition>.+)\n)? *- alert: (?<name>\w+)\n[\s\S]*?severity: (?<severity>\w+)")]
    private static partial Regex Rule();
}
