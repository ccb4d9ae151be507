using Etl.IntegrationTests.Run;
using Etl.Tests.Support.Otlp;

namespace Etl.IntegrationTests.Cluster;

/// <summary>The telemetry of a run whose palettes a worker makes.</summary>
[Collection<ClusterSuite>]
public sealed class ClusterTelemetryTests(RabbitBroker broker) : IAsyncLifetime
{
    private const int Movies = 20, Broken = 2;

    private TestCatalogue _catalogue = null!;

    public async ValueTask InitializeAsync()
    {
        await broker.NeededAsync();
        _catalogue = new TestCatalogue(Movies);
    }

    public ValueTask DisposeAsync()
    {
        _catalogue?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Run_EveryMovieIsTraced_ItsTraceGoesThroughTheWorker()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync(OtlpReceiver.Grpc);
        using var cluster = new TestCluster(broker, _catalogue.Folder, "etl-traced")
        {
            Settings = ["--set", $"OpenTelemetry:Endpoint={receiver.Url}", "--set", "OpenTelemetry:TraceRatio=1"],
        };
        EtlProcess coordinator = cluster.StartCoordinator();
        EtlProcess worker = cluster.StartWorker();

        Assert.Equal(3, (await coordinator.EndAsync()).ExitCode);
        worker.Signal(EtlProcess.Terminate);
        Assert.Equal(0, (await worker.EndAsync()).ExitCode);

        ILookup<string, OtlpSpan> spans = receiver.Spans.ToLookup(span => span.Name);
        Dictionary<string, OtlpSpan> movies = spans["etl.movie"].ToDictionary(span => span.SpanId);
        Dictionary<string, OtlpSpan> extracts = spans["etl.extract"].ToDictionary(span => span.SpanId);
        string here = Instance(Assert.Single(spans["etl.run"])), there = Assert.Single(extracts.Values.Select(Instance).Distinct());
        Assert.NotEqual(here, there);
        Assert.Equal(
            (Movies, Movies, Movies, Movies, Movies - Broken),
            (movies.Count, extracts.Count, spans["etl.fetch"].Count(), spans["etl.decode"].Count(), spans["etl.quantize"].Count()));
        Assert.All(extracts.Values, static extract => Assert.Equal(
            ("rabbitmq", "etl-traced.work", "process", "process"),
            (extract.Attributes["messaging.system"], extract.Attributes["messaging.destination.name"],
                extract.Attributes["messaging.operation.name"], extract.Attributes["messaging.operation.type"])));
        Assert.All(extracts.Values, extract =>
            Assert.Equal((movies[extract.ParentId].TraceId, here), (extract.TraceId, Instance(movies[extract.ParentId]))));
        Assert.All(spans["etl.fetch"].Concat(spans["etl.decode"]).Concat(spans["etl.quantize"]), stage =>
            Assert.Equal((extracts[stage.ParentId].TraceId, there), (stage.TraceId, Instance(stage))));
    }

    private static string Instance(OtlpSpan span) => span.Resource["service.instance.id"]!;
}
