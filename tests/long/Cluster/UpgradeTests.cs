using System.Text;
using System.Text.Json.Nodes;
using Etl.IntegrationTests.Cluster;
using Etl.IntegrationTests.Run;
using RabbitMQ.Client;

namespace Etl.LongTests.Cluster;

/// <summary>Workers and coordinators of an earlier release beside those of this one.</summary>
[Collection<ClusterSuite>]
public sealed class UpgradeTests(RabbitBroker broker) : ComparedRun(broker, Movies, requests: 1)
{
    private const int Movies = 200;

    [Fact]
    public async Task Run_EarlierWorkersLeaveMidway_NothingIsLostOrDoneTwice()
    {
        using var cluster = new TestCluster(Broker, Catalogue.Folder, "etl-upgrade")
        {
            Location = Covers.Location,
            Settings = ["--set", "Etl:Cluster:BatchSize=2", "--set", "Etl:Cluster:MaxInFlight=32", "--set", "Etl:Cluster:Prefetch=2"],
        };
        EtlProcess coordinator = cluster.StartCoordinator();
        await coordinator.Logged("Connected");
        EtlProcess[] workers = [cluster.StartWorker(), cluster.StartWorker()];
        await Covers.Requested;
        EarlierWorker[] earlier = [new("etl-upgrade", Expected), new("etl-upgrade", Expected)];
        foreach (EarlierWorker worker in earlier)
        {
            await worker.StartAsync(Broker);
        }

        await Eventually.Holds(() => earlier.Sum(static worker => worker.Processed) > Movies / 4);
        foreach (EarlierWorker worker in earlier)
        {
            await worker.DisposeAsync();
        }

        Covers.Open();
        EtlOutput run = await coordinator.EndAsync();

        AssertDone(run);
        Assert.Equal(Movies, earlier.Sum(static worker => worker.Processed) + await TestCluster.EndAsync(workers));
    }

    /// <summary>The message is a recorded one; its coordinator refuses results with other members.</summary>
    [Fact]
    public async Task Worker_WorkOfAnEarlierCoordinator_ReturnsResultsThatItKnows()
    {
        string[] ids = [.. Expected.Keys.Take(2)];
        await using IConnection connection = await Broker.ConnectAsync(RabbitBroker.Coordinator);
        await using IChannel channel = await connection.CreateChannelAsync();
        await new Etl.Cluster.ClusterQueues("etl-earlier").DeclareAsync(channel, default);
        var properties = new BasicProperties
        {
            Type = "etl.work/1",
            CorrelationId = "0e99",
            Headers = new Dictionary<string, object?> { ["etl-damage"] = true },
        };
        string body = $$$"""
            {"settings":{"decode":{"sampleStep":10,"scale":null,"maxPixels":178956970,"acceptTruncated":false,"dcReader":true,"strict":false},
            "quantize":{"algorithm":"ColorThief","colorCount":6}},"movies":[{"key":"1 i1","id":"{{{ids[0]}}}"},{"key":"2 i2","id":"{{{ids[1]}}}"},{"key":"3 i3","id":"nothing"}]}
            """;
        await channel.BasicPublishAsync("", "etl-earlier.work", mandatory: true, properties, Encoding.UTF8.GetBytes(body));
        using var cluster = new TestCluster(Broker, Catalogue.Folder, "etl-earlier");
        cluster.StartWorker();

        BasicGetResult? message = null;
        await Eventually.Holds(async () => (message = await channel.BasicGetAsync("etl-earlier.results", autoAck: true)) is not null);

        Assert.Equal(("etl.result/1", "0e99"), (message!.BasicProperties.Type, message.BasicProperties.CorrelationId));
        JsonArray results = JsonNode.Parse(message.Body.Span)!["movies"]!.AsArray();
        Assert.Equal(["key", "colors", "version"], results[0]!.AsObject().Select(static member => member.Key));
        Assert.Equal(["key", "failure"], results[2]!.AsObject().Select(static member => member.Key));
        Assert.Equal(
            ["stage", "reason", "message", "version", "stands"], results[2]!["failure"]!.AsObject().Select(static member => member.Key));
    }
}
