using System.Text.Json;
using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Cluster;

/// <summary>The rates of queues that <c>etl cluster status</c> gets from the broker's management plugin.</summary>
[Collection<ClusterSuite>]
public sealed class ManagementTests(RabbitBroker broker) : IAsyncLifetime
{
    private const int Movies = 100;

    private TestCatalogue _catalogue = null!;

    public async ValueTask InitializeAsync()
    {
        await broker.NeededAsync();
        await broker.EnableManagementAsync();
        _catalogue = new TestCatalogue(Movies);
    }

    public ValueTask DisposeAsync()
    {
        _catalogue?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task ClusterStatus_MoviesComeAndGo_ShowsHowManyASecond()
    {
        await using SlowCovers covers = await SlowCovers.StartAsync(_catalogue.GoodCover(), requests: 4);
        using var cluster = new TestCluster(broker, _catalogue.Folder, "etl-rates")
        {
            Location = covers.Location,
            Settings =
            [
                "--set", "Etl:Cluster:BatchSize=1", "--set", "Etl:Cluster:MaxInFlight=8",
                "--set", $"Etl:Cluster:Management={broker.TlsManagement}", "--set", $"Etl:Cluster:CaFile={broker.CaFile}",
            ],
        };
        EtlProcess coordinator = cluster.StartCoordinator();
        cluster.StartWorker();

        await Eventually.Holds(async () =>
        {
            covers.Let(requests: 1); // and the worker requests one more
            return await RatesAsync(cluster) is { Published: > 0, Acknowledged: > 0 };
        });
        EtlOutput text = await cluster.StartStatus().EndAsync();
        covers.Open();

        Assert.Matches(@"queue +messages waiting +consumers +in/s +out/s\s", text.Output);
        Assert.Matches(@"etl-rates.work +0 +1 +[0-9]+\.[0-9] +[0-9]+\.[0-9]\s", text.Output);
        Assert.Equal(0, (await coordinator.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task ClusterStatus_NoManagementIsSet_SaysWhereRatesCouldComeFrom()
    {
        EtlOutput status = await StatusAsync(RabbitBroker.Coordinator);

        Assert.Equal(0, status.ExitCode);
        Assert.Contains("For message rates, set Etl:Cluster:Management to the address of the broker's management plugin.", status.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClusterStatus_UserHasNoTag_EndsWithALine()
    {
        await CreateQueuesAsync();

        EtlOutput status = await StatusAsync(RabbitBroker.Worker, "--set", $"Etl:Cluster:Management={broker.Management}");

        Assert.Equal(1, status.ExitCode);
        Assert.Equal(
            $"etl: The broker's management {broker.Management} refuses the user or its password. "
            + "Give the user the tag management: rabbitmqctl set_user_tags worker management.",
            status.Errors.TrimEnd());
    }

    [Fact]
    public async Task ClusterStatus_CertificateIsNotTrusted_EndsWithALine()
    {
        await CreateQueuesAsync();

        EtlOutput status = await StatusAsync(RabbitBroker.Coordinator, "--set", $"Etl:Cluster:Management={broker.TlsManagement}");

        Assert.Equal(1, status.ExitCode);
        Assert.Contains("has an untrusted certificate", status.Errors, StringComparison.Ordinal);
        Assert.EndsWith("Set Etl:Cluster:CaFile.", status.Errors.TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1", "cannot be reached: Connection refused")]
    [InlineData("{management}/elsewhere", "responds with 404. Set Etl:Cluster:Management to the address of RabbitMQ's management plugin.")]
    public async Task ClusterStatus_ManagementIsNotThere_EndsWithALine(string address, string problem)
    {
        await CreateQueuesAsync();
        string management = address.Replace("{management}", broker.Management, StringComparison.Ordinal);

        EtlOutput status = await StatusAsync(RabbitBroker.Coordinator, "--set", $"Etl:Cluster:Management={management}");

        Assert.Equal(1, status.ExitCode);
        Assert.StartsWith($"etl: The broker's management {management} {problem}", status.Errors, StringComparison.Ordinal);
    }

    private static async Task<(double Published, double Acknowledged)> RatesAsync(TestCluster cluster)
    {
        EtlOutput status = await cluster.StartStatus("--json").EndAsync();
        using JsonDocument work = JsonDocument.Parse(status.Output.Split('\n')[0]);
        return work.RootElement.TryGetProperty("publishedPerSecond", out JsonElement published)
            ? (published.GetDouble(), work.RootElement.GetProperty("acknowledgedPerSecond").GetDouble())
            : default; // the queue is not there yet
    }

    private async Task CreateQueuesAsync()
    {
        await using RabbitMQ.Client.IConnection connection = await broker.ConnectAsync(RabbitBroker.Coordinator);
        await using RabbitMQ.Client.IChannel channel = await connection.CreateChannelAsync();
        await new Etl.Cluster.ClusterQueues("etl-management").DeclareAsync(channel, default);
    }

    private async Task<EtlOutput> StatusAsync(string user, params string[] arguments)
    {
        using var process = EtlProcess.Start(
            _catalogue.Folder,
            [("Etl__Cluster__Password", RabbitBroker.Password)],
            ["cluster", "status", "--set", $"Etl:Cluster:Broker={broker.Address(user)}", "--set", "Etl:Cluster:Queues=etl-management", .. arguments]);
        return await process.EndAsync();
    }
}
