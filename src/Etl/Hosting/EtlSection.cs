using Microsoft.Extensions.Configuration;

namespace PaletteEtl.Hosting;

/// <summary>Finds the options in a configuration: in its section <c>Etl</c>, or in that section itself.</summary>
internal static class EtlSection
{
    /// <summary>The keys by which options are recognised that lie in another place.</summary>
    private static readonly string[] Groups =
        [nameof(EtlOptions.Query), nameof(EtlOptions.Fetch), nameof(EtlOptions.Decode), nameof(EtlOptions.Quantize), nameof(EtlOptions.Write)];

    /// <summary>The section with the options. A root without it gives an empty one, so that the defaults apply.</summary>
    /// <exception cref="InvalidOperationException">The configuration is neither a root nor the section, nor has it the section.</exception>
    public static IConfigurationSection Of(IConfiguration configuration)
    {
        IConfigurationSection options = configuration.GetSection(EtlOptions.Section);
        if (options.Exists())
        {
            return options;
        }

        if (configuration is IConfigurationSection section)
        {
            return section.Key.Equals(EtlOptions.Section, StringComparison.OrdinalIgnoreCase)
                ? section
                : throw Refused($"the section '{section.Path}' is not named {EtlOptions.Section} and has no section {EtlOptions.Section}", $"{section.Path}:");
        }

        return Groups.FirstOrDefault(group => configuration.GetSection(group).Exists()) is { } misplaced
            ? throw Refused($"the configuration has the section {misplaced} and no section {EtlOptions.Section}", "")
            : options;
    }

    private static InvalidOperationException Refused(string cause, string prefix) => new(
        $"The options of Etl were not found: {cause}. Fix: move the options to {prefix}{EtlOptions.Section}, such as "
        + $"{prefix}{EtlOptions.Section}:Query:Database, and pass the root of the configuration or the section itself.");
}
