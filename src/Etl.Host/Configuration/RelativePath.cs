using Etl.Cluster;
using Etl.Host.Cluster;
using PaletteEtl.Covers;

namespace Etl.Host.Configuration;

/// <summary>Makes the paths among the settings absolute, seen from the folder that their layer belongs to.</summary>
internal static class RelativePath
{
    private const string CaFile = $"{ClusterOptions.Section}:{nameof(ClusterOptions.CaFile)}";
    private const string HealthFile = $"{WorkerOptions.Section}:{nameof(WorkerOptions.HealthFile)}";

    public static Setting Resolve(Setting setting, string folder) =>
        setting.Value is { } value && IsPath(setting.Path) && IsRelative(value)
            ? setting with { Value = Path.GetFullPath(value, IsLocation(setting.Path) ? LocationTemplate.Escape(folder) : folder) }
            : setting;

    private static bool IsLocation(string key) =>
        key.Equals(Setting.Locations, StringComparison.OrdinalIgnoreCase)
        || key.StartsWith(Setting.Locations + ":", StringComparison.OrdinalIgnoreCase);

    private static bool IsPath(string key) =>
        key.Equals(Setting.Database, StringComparison.OrdinalIgnoreCase)
        || IsLocation(key)
        || key.Equals(CaFile, StringComparison.OrdinalIgnoreCase)
        || key.Equals(HealthFile, StringComparison.OrdinalIgnoreCase)
        || SerilogSection.IsFile(key);

    // A value that no file can have is left as it was given, for the check to quote; so is one that begins with a
    // variable, which Serilog expands to an absolute path.
    private static bool IsRelative(string value) =>
        !string.IsNullOrWhiteSpace(value)
        && !value.Contains('\0', StringComparison.Ordinal)
        && !value.Contains("://", StringComparison.Ordinal)
        && !value.StartsWith('%');
}
