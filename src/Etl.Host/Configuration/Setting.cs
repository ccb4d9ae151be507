using Etl.Fetch;

namespace Etl.Host.Configuration;

/// <summary>One value of the configuration and where it was found.</summary>
/// <param name="Path">Its full path, such as <c>Etl:Write:BatchSize</c>.</param>
/// <param name="Value">The value as text; null when it is left open.</param>
/// <param name="Origin">A file's name, an environment variable, <c>--set</c> or <c>default</c>.</param>
internal sealed record Setting(string Path, string? Value, string Origin)
{
    public const string Default = "default";
    private const string Hidden = "(hidden)";

    /// <summary>The value as it may be shown: headers hold credentials, and so may the queries of URLs.</summary>
    public string? Shown => Value is null ? null
        : IsOf(nameof(FetchOptions.Headers)) ? Hidden
        : IsOf(nameof(FetchOptions.Locations)) ? LocationTemplate.Shown(Value)
        : Value;

    /// <summary>The origin as part of a sentence.</summary>
    public string Where => Origin == Default ? "by default" : $"in {Origin}";

    private bool IsOf(string option) =>
        Path.StartsWith($"{EtlOptions.Section}:{nameof(EtlOptions.Fetch)}:{option}", StringComparison.OrdinalIgnoreCase);
}
