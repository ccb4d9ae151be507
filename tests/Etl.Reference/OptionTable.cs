using Etl.Host.Configuration;

namespace Etl.Reference;

/// <summary>The table of options in <c>docs/configuration.md</c>.</summary>
internal static class OptionTable
{
    public static IEnumerable<string> Lines() =>
    [
        "| path | default | allowed values | description |",
        "| --- | --- | --- | --- |",
        .. EtlOption.All.Select(static option =>
            $"| `{option.Path}` | {DefaultOf(option)} | {AllowedBy(option.Rule)} | {OptionComment.Of(option).Effect.Markdown} |"),
    ];

    private static string DefaultOf(EtlOption option) => option.Default switch
    {
        null => "not set",
        IEnumerable<string> entries => string.Join(", ", entries.Select(static entry => $"`{entry}`")),
        var value => $"`{OptionText.Format(value)}`",
    };

    private static string AllowedBy(OptionRule rule) => (OptionText.Format(rule.Minimum), OptionText.Format(rule.Maximum)) switch
    {
        ({ } least, { } greatest) => $"{least} to {greatest}",
        ({ } least, null) => $"at least {least}",
        _ when rule.Type.IsEnum => string.Join(", ", Enum.GetNames(rule.Type).Select(static name => $"`{name}`")),
        _ when rule.Type == typeof(bool) => "`true`, `false`",
        _ when rule.MaxLength is { } length => $"1 to {length} characters",
        _ => rule.MustBe.Replace("must not be", "not", StringComparison.Ordinal).Replace("must be ", "", StringComparison.Ordinal),
    };
}
