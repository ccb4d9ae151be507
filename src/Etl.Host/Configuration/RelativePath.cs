using Etl.Cluster;
using PaletteEtl.Catalogue;
using PaletteEtl.Covers;

namespace Etl.Host.Configuration;

/// <summary>Makes the paths among the settings absolute, seen from the folder that their layer belongs to.</summary>
internal static class RelativePath
{
    private const string Database = $"{EtlOptions.Section}:{nameof(EtlOptions.Query)}:{nameof(QueryOptions.Database)}";
    private const string Locations = $"{EtlOptions.Section}:{nameof(EtlOptions.Fetch)}:{nameof(FetchOptions.Locations)}";
    private const string CaFile = $"{ClusterOptions.Section}:{nameof(ClusterOptions.CaFile)}";

    public static Setting Resolve(Setting setting, string folder) =>
        setting.Value is { } value && IsPath(setting.Path) && IsRelative(value)
            ? setting with { Value = Path.GetFullPath(value, folder) }
            : setting;

    private static bool IsPath(string key) =>
        key.Equals(Database, StringComparison.OrdinalIgnoreCase)
        || key.Equals(Locations, StringComparison.OrdinalIgnoreCase)
        || key.Equals(CaFile, StringComparison.OrdinalIgnoreCase)
        || key.StartsWith(Locations + ":", StringComparison.OrdinalIgnoreCase)
        || SerilogSection.IsFile(key);

    // A value that no file can have is left as it was given, for the check to quote; so is one that begins with a
    // variable, which Serilog expands to an absolute path.
    private static bool IsRelative(string value) =>
        !string.IsNullOrWhiteSpace(value)
        && !value.Contains('\0', StringComparison.Ordinal)
        && !value.Contains("://", StringComparison.Ordinal)
        && !value.StartsWith('%');
}
