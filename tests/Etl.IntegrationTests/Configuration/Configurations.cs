using Etl.Host.Configuration;
using PaletteEtl.Hosting;

namespace Etl.IntegrationTests.Configuration;

/// <summary>Shorthand to look into a configuration.</summary>
internal static class Configurations
{
    /// <summary>The options as the pipeline gets them.</summary>
    public static EtlOptions Options(this EtlConfiguration configuration) =>
        configuration.ToOptions();

    public static string OriginOf(this EtlConfiguration configuration, string path) =>
        configuration.Settings.Single(setting => setting.Path == path).Origin;
}
