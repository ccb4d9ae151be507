namespace Etl.Host.Configuration;

/// <summary>The settings of a catalogue that a command for single images does not need.</summary>
internal static class CatalogueSettings
{
    /// <summary>Removes an empty database and empty locations.</summary>
    public static IReadOnlyList<Setting> RemoveUnneeded(IReadOnlyList<Setting> layer) => [.. layer.Where(static setting => !IsMissing(setting))];

    private static bool IsMissing(Setting setting) =>
        string.IsNullOrWhiteSpace(setting.Value) && (IsOf(setting, Setting.Database) || IsOf(setting, Setting.Locations));

    private static bool IsOf(Setting setting, string option) =>
        setting.Path.Equals(option, StringComparison.OrdinalIgnoreCase)
        || setting.Path.StartsWith(option + ":", StringComparison.OrdinalIgnoreCase);
}
