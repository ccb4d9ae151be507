using Etl.Host.Configuration;

namespace Etl.IntegrationTests.Configuration;

/// <summary>Shorthand to look into a configuration.</summary>
internal static class Configurations
{
    /// <summary>The options as the pipeline gets them.</summary>
    public static EtlOptions Options(this EtlConfiguration configuration)
    {
        var options = new EtlOptions();
        ServiceCollectionExtensions.Bind(configuration.Root.GetSection(EtlOptions.Section), options);
        return options;
    }

    public static string OriginOf(this EtlConfiguration configuration, string path) =>
        configuration.Settings.Single(setting => setting.Path == path).Origin;
}
