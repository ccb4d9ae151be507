using Etl.Host.Configuration;

namespace Etl.IntegrationTests.Configuration;

/// <summary>The configurations that come with the program are accepted.</summary>
public sealed class ExampleFilesTests
{
    [Fact]
    public void EtlJson_Loaded_IsAllowed()
    {
        var nowhere = new ProcessEnvironment(Path.GetTempPath(), new Dictionary<string, string>());

        EtlConfiguration configuration = EtlConfiguration.Load(Repository.PathOf("etl.json"), [], nowhere);

        Assert.Equal(Repository.PathOf("data/movies.db"), configuration.Options.Query.Database);
    }

    [Theory]
    [InlineData("service")]
    [InlineData("cluster")]
    public void ExampleJson_Loaded_IsAllowed(string name)
    {
        var nowhere = new ProcessEnvironment(Path.GetTempPath(), new Dictionary<string, string>());

        EtlConfiguration configuration = EtlConfiguration.Load(Repository.PathOf($"config/{name}.json"), [], nowhere);

        Assert.Equal("/var/lib/etl/movies.db", configuration.Options.Query.Database);
    }
}
