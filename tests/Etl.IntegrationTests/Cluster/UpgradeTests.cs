using System.Text;
using System.Text.Json.Nodes;
using Etl.IntegrationTests.Recovery;
using Etl.IntegrationTests.Run;
using RabbitMQ.Client;

namespace Etl.IntegrationTests.Cluster;

/// <summary>Workers and coordinators of an earlier release beside those of this one.</summary>
[Collection<WorkerSuite>]
public sealed class UpgradeTests(RabbitBroker broker) : IAsyncLifetime
{
    private const int Movies = 200;

    private ChaosCatalogue _catalogue = null!;
    private IReadOnlyDictionary<string, string> _expected = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill(2).");
        await broker.NeededAsync();
        _catalogue = new ChaosCatalogue(Movies, "wal");
        await EtlProcess.RunAsync(_catalogue.Folder, ["run", .. ChaosCatalogue.Settings, "--quiet"]);
        _expected = _catalogue.Palettes();
        _catalogue.StartOver();
    }

    public ValueTask DisposeAsync()
    {
        _catalogue?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Run_EarlierWorkersLeaveMidway_NothingIsLostOrDoneTwice()
    {
        await using SlowCovers covers = await SlowCovers.StartAsync(Answers.FileOf(_catalogue.PathOf("covers")), requests: 1);
        using var cluster = new TestCluster(broker, _catalogue.Folder, "etl-upgrade")
        {
            Location = covers.Location,
            Settings = ["--set", "Etl:Cluster:BatchSize=2", "--set", "Etl:Cluster:MaxInFlight=32", "--set", "Etl:Cluster:Prefetch=2"],
        };
        EtlProcess coordinator = cluster.StartCoordinator();
        await coordinator.Logged("Connected");
        EtlProcess[] workers = [cluster.StartWorker(), cluster.StartWorker()];
        await covers.Requested;
        EarlierWorker[] earlier = [new("etl-upgrade", _expected), new("etl-upgrade", _expected)];
        foreach (EarlierWorker worker in earlier)
        {
            await worker.StartAsync(broker);
        }

        await Eventually.Holds(() => earlier.Sum(static worker => worker.Processed) > Movies / 4);
        foreach (EarlierWorker worker in earlier)
        {
            await worker.DisposeAsync();
        }

        covers.Open();
        EtlOutput run = await coordinator.EndAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(_expected, _catalogue.Palettes());
        Assert.Empty(_catalogue.NotWrittenOnce());
        Assert.Equal(Movies, earlier.Sum(static worker => worker.Processed) + await TestCluster.EndAsync(workers));
    }

    /// <summary>The message is a recorded one; its coordinator refuses results with other members.</summary>
    [Fact]
    public async Task Worker_WorkOfAnEarlierCoordinator_ReturnsResultsThatItKnows()
    {
        string[] ids = [.. _expected.Keys.Take(2)];
        await using IConnection connection = await broker.ConnectAsync(RabbitBroker.Coordinator);
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
        using var cluster = new TestCluster(broker, _catalogue.Folder, "etl-earlier");
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
