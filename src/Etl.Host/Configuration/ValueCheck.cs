namespace Etl.Host.Configuration;

/// <summary>Finds effective values that the options do not allow, each alone and together.</summary>
internal static class ValueCheck
{
    /// <summary>Whether the option of a value does not allow it.</summary>
    public static bool IsRefused(Setting setting) =>
        EtlOption.Find(setting.Path) is { } option
        && setting.Value is { } value
        && value != OptionText.Format(option.Default) // what needs no rule, which takes long to read
        && (option.IsList || option.IsMap ? IsWhole(setting, option) : !option.Rule.Accepts(value));

    /// <summary>The problem of a refused value, in a line.</summary>
    public static string Problem(Setting setting) =>
        $"{setting.Path} {EtlOption.Find(setting.Path)!.Rule.MustBe}; found '{setting.Shown}' {setting.Where}";

    /// <summary>The problems of values together, a line each. A refused value has its line already.</summary>
    public static IEnumerable<string> Inconsistencies(EtlConfiguration configuration, IReadOnlyList<Setting> refused) =>
        from problem in (string[])
        [
            .. new EtlOptionsConsistency().Validate(null, configuration.Options).Failures ?? [],
            .. CoverColumnCheck.Problems(configuration.Options, configuration.Cluster),
            .. configuration.Cluster.Problems(),
        ]
        where !refused.Any(setting => Mentions(problem, setting))
        select $"{problem} ({string.Join(", ", Origins(problem, configuration.Settings))})";

    /// <summary>A list without entries is a setting of the list's own path, and so is a text in place of a map.</summary>
    private static bool IsWhole(Setting setting, EtlOption option) => setting.Path == option.Path;

    private static IEnumerable<string> Origins(string problem, IEnumerable<Setting> options) =>
        options.Where(setting => Mentions(problem, setting)).Select(setting => $"{setting.Path} {setting.Where}");

    private static bool Mentions(string problem, Setting setting) => problem.Contains(setting.Path, StringComparison.Ordinal);
}
