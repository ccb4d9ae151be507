using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Etl.IntegrationTests.Deployment;

/// <summary>The Compose files of config and the provisioning of Grafana, parsed strictly.</summary>
public sealed class ComposeTests
{
    private static readonly IDeserializer Snake =
        new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).WithDuplicateKeyChecking().Build();

    private static readonly IDeserializer Camel =
        new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).WithDuplicateKeyChecking().Build();

    private static readonly ComposeFile Base = Snake.Deserialize<ComposeFile>(Text("compose.yaml"));
    private static readonly ComposeFile Cluster = Snake.Deserialize<ComposeFile>(Text("compose.cluster.yaml"));

    [Fact]
    public void Services_OfBothFiles_AreKnown()
    {
        Assert.Equal(["etl", "prometheus", "grafana"], Base.Services.Keys);
        Assert.Equal(["broker", "etl", "worker"], Cluster.Services.Keys);
        Assert.All(Cluster.Services.Values.SelectMany(service => service.DependsOn), name => Assert.Contains(name, Cluster.Services.Keys));
    }

    [Fact]
    public void Variables_OfTheProgram_AreAccepted()
    {
        Settings.Accept(VariablesOf(Base.Services["etl"]).Concat(VariablesOf(Cluster.Services["etl"])));
        Settings.Accept(VariablesOf(Cluster.Services["worker"]));
    }

    [Fact]
    public void Ports_OfAllServices_AreOpenOnLoopbackAlone() =>
        Assert.All(Base.Services.Concat(Cluster.Services).SelectMany(service => service.Value.Ports), port => Assert.StartsWith("127.0.0.1:", port));

    [Fact]
    public void Volumes_OfTheRepository_Exist()
    {
        string[] mounted =
        [
            .. Base.Services.Concat(Cluster.Services).SelectMany(service => service.Value.Volumes)
                .Select(volume => volume.Split(':')[0]).Where(path => path.StartsWith("./config/", StringComparison.Ordinal)),
        ];

        Assert.Equal(3, mounted.Length);
        Assert.All(mounted, path => Assert.True(Path.Exists(Repository.PathOf(path)), path));
    }

    [Fact]
    public void Grafana_Provisioning_NamesPrometheusAndTheFolderOfDashboards()
    {
        GrafanaDataSource source = Assert.Single(
            Camel.Deserialize<GrafanaDataSources>(Text("grafana/provisioning/datasources/prometheus.yml")).Datasources);
        GrafanaProvider provider = Assert.Single(
            Camel.Deserialize<GrafanaProviders>(Text("grafana/provisioning/dashboards/etl.yml")).Providers);

        Assert.Equal(("prometheus", true), (source.Type, source.IsDefault));
        Assert.Contains(new Uri(source.Url!).Host, Base.Services.Keys);
        Assert.Contains(Base.Services["grafana"].Volumes, volume => volume.Split(':')[1].StartsWith(provider.Options["path"], StringComparison.Ordinal));
    }

    [Fact]
    public void Parser_UnknownField_IsRefused() => Assert.ThrowsAny<Exception>(
        () => Snake.Deserialize<ComposeFile>(Text("compose.yaml").Replace("image:", "imag:", StringComparison.Ordinal)));

    private static IEnumerable<(string, string)> VariablesOf(ComposeService service) =>
        service.Environment.Select(variable => (variable.Key, variable.Value.StartsWith("${", StringComparison.Ordinal) ? "0123456789abcdef" : variable.Value));

    private static string Text(string name) => File.ReadAllText(Repository.PathOf($"config/{name}"));
}
