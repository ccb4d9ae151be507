using Etl.Host.Configuration;

namespace Etl.IntegrationTests.Configuration;

/// <summary>Shorthand to look into a configuration.</summary>
internal static class Configurations
{
    public static string OriginOf(this EtlConfiguration configuration, string path) =>
        configuration.Settings.Single(setting => setting.Path == path).Origin;
}
