using Etl.Host.Telemetry;

namespace Etl.Host.Configuration;

/// <summary>Finds settings whose key means nothing.</summary>
internal static class KeyCheck
{
    /// <summary>The roots a key may have. Those that have options are checked inside; the others belong to their libraries.</summary>
    public static readonly string[] Roots = [EtlOptions.Section, "Serilog", OpenTelemetryOptions.Section, "Kestrel"];

    private static readonly HashSet<string> Sections =
        EtlOption.All.Select(option => option.SectionPath).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Problems with the keys, one line each.</summary>
    public static IEnumerable<string> Problems(IReadOnlyCollection<Setting> given)
    {
        IEnumerable<string> roots = given
            .Where(setting => !IsRoot(RootOf(setting.Path)))
            .GroupBy(setting => (Root: RootOf(setting.Path), setting.Where))
            .Select(same => $"{same.Key.Root} is not a root of the configuration; found {same.Key.Where}; "
                + $"allowed are {string.Join(", ", Roots)}{Suggestion(same.First().Path)}");
        return roots.Concat(given.Where(IsChecked).Where(setting => EtlOption.Find(setting.Path) is null).SelectMany(Problem));
    }

    private static IEnumerable<string> Problem(Setting setting)
    {
        if (!Sections.TryGetValue(setting.Path, out string? section))
        {
            yield return $"{setting.Path} is not an option; found {setting.Where}{Suggestion(setting.Path)}";
        }
        else if (setting.Value is not null)
        {
            yield return $"{section} must be a section of options; found '{setting.Shown}' {setting.Where}";
        }
    }

    private static string Suggestion(string path) =>
        Spelling.Nearest(path, EtlOption.All.Select(option => option.Path).Concat(Sections)) is { } nearest
            ? $"; did you mean {nearest}?"
            : "";

    private static string RootOf(string path) => path.Split(':')[0];

    private static bool IsRoot(string root) => Roots.Contains(root, StringComparer.OrdinalIgnoreCase);

    private static bool IsChecked(Setting setting) => Sections.Contains(RootOf(setting.Path));
}
