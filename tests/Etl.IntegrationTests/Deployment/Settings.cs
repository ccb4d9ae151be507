using Etl.Host.Configuration;
using Etl.IntegrationTests.Configuration;

namespace Etl.IntegrationTests.Deployment;

/// <summary>Checks the variables of a container as the program reads them.</summary>
internal static class Settings
{
    public static void Accept(IEnumerable<(string Name, string Value)> variables)
    {
        Dictionary<string, string> own = variables.ToDictionary(variable => variable.Name, variable => variable.Value);

        EtlConfiguration configuration = EtlConfiguration.Load(null, [], new ProcessEnvironment(Path.GetTempPath(), own));

        Assert.All(
            own.Keys.Where(name => name.StartsWith("Etl_", StringComparison.OrdinalIgnoreCase)),
            name => Assert.Equal($"environment variable {name}", configuration.OriginOf(name.Replace("__", ":", StringComparison.Ordinal))));
    }
}
