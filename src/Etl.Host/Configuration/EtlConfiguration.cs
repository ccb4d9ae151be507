using Microsoft.Extensions.Configuration;

namespace Etl.Host.Configuration;

/// <summary>The configuration as its layers give it: defaults, file, environment, command line.</summary>
internal sealed class EtlConfiguration(IConfigurationRoot root)
{
    public const string DefaultFile = "etl.json";

    public IConfigurationRoot Root => root;

    /// <exception cref="UserException">A layer cannot be read.</exception>
    public static EtlConfiguration Load(string? file, IReadOnlyList<string> settings)
    {
        var builder = new ConfigurationBuilder();
        if (file is not null || File.Exists(DefaultFile))
        {
            builder.AddJsonFile(Path.GetFullPath(file ?? DefaultFile), optional: false);
        }

        builder.AddEnvironmentVariables();
        builder.AddInMemoryCollection(settings.Select(setting => setting.Split('=', 2)).ToDictionary(pair => pair[0], pair => (string?)pair[1]));
        return new EtlConfiguration(builder.Build());
    }
}
