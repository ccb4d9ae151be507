using Etl.Cluster;
using Etl.Host.Run;
using Etl.IntegrationTests.Run;
using Etl.Tests.Support.Otlp;

namespace Etl.IntegrationTests.Telemetry;

/// <summary>Exports a run of ten movies, two of them with broken covers, to a collector.</summary>
public sealed class ExportTests : IDisposable
{
    private static readonly string[] AllTraces = ["--set", "OpenTelemetry:TraceRatio=1"];

    private readonly TestCatalogue _catalogue = new(movies: 10);

    public void Dispose() => _catalogue.Dispose();

    [Theory]
    [InlineData(OtlpReceiver.Grpc)]
    [InlineData(OtlpReceiver.HttpProtobuf)]
    public async Task Export_RunOfTenMovies_IsWhole(string protocol)
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync(protocol);

        EtlOutput run = await ExportingRun.RunAsync(_catalogue, receiver, AllTraces);

        Assert.Equal(3, run.ExitCode);
        Assert.DoesNotContain("not delivered", run.Errors, StringComparison.Ordinal);
        AssertMetrics(receiver);
        AssertTraces(receiver);
        AssertLogs(receiver);
        AssertResource(receiver);
    }

    [Fact]
    public async Task Export_NoMovieSampled_HasTheRunAndItsBatchesWithoutLinks()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync(OtlpReceiver.Grpc);

        await ExportingRun.RunAsync(_catalogue, receiver, "--set", "OpenTelemetry:TraceRatio=0", "--set", "Etl:Write:BatchSize=5");

        Assert.Equal(["etl.batch", "etl.batch", "etl.run"], receiver.Spans.Select(span => span.Name).Order());
        Assert.All(receiver.Spans, span => Assert.Empty(span.Links));
        Assert.Equal(2, receiver.Spans.Single(span => span.Name == "etl.run").Events.Length);
        Assert.Empty(OfMovies(receiver).SelectMany(static point => point.Exemplars)); // not even of the run
    }

    [Fact]
    public async Task Export_AllMoviesSampled_ExemplarsLeadToTheirTraces()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync(OtlpReceiver.HttpProtobuf);

        await ExportingRun.RunAsync(_catalogue, receiver, AllTraces);

        HashSet<string> movies = [.. receiver.Spans.Where(static span => span.Name == "etl.movie").Select(static span => span.TraceId)];
        HashSet<(string, string)> spans = [.. receiver.Spans.Select(static span => (span.TraceId, span.SpanId))];
        Assert.All(OfMovies(receiver), point =>
        {
            Assert.NotEmpty(point.Exemplars);
            Assert.All(point.Exemplars, exemplar => Assert.Contains(exemplar, spans));
            Assert.All(point.Exemplars, exemplar => Assert.Contains(exemplar.TraceId, movies));
        });
        string failed = receiver.Spans.Single(static span => span is { Name: "etl.movie", Attributes: var all } && all["error.type"] == "truncated").TraceId;
        Assert.All(
            OfMovies(receiver).Where(static point => point.Attributes["error.type"] == "truncated"),
            point => Assert.Equal(failed, Assert.Single(point.Exemplars.Distinct()).TraceId));
    }

    /// <summary>The measurements of single movies in the last export.</summary>
    private static OtlpPoint[] OfMovies(OtlpReceiver receiver) =>
    [
        .. ((string[])["etl.stage.duration", "etl.stage.wait.duration", "etl.movie.duration", "etl.cover.size", "etl.dead_letters"])
            .SelectMany(receiver.Points).Where(static point => point.Attributes.ToString() != "etl.stage=write"),
    ];

    [Fact]
    public async Task Export_MovieThatFails_SaysWhereAndWhy()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync(OtlpReceiver.HttpProtobuf);

        await ExportingRun.RunAsync(_catalogue, receiver, AllTraces);

        string[] failed = [.. receiver.Spans.Where(span => span.Status == 2).Select(span => $"{span.Name} {span.Attributes["error.type"]}").Order()];
        Assert.Equal(
            ["etl.decode truncated", "etl.decode unsupported_format", "etl.movie truncated", "etl.movie unsupported_format"], failed);
        Assert.Equal(
            _catalogue.Text("SELECT group_concat(movie_id || ' ' || stage || ' ' || reason, ', ' ORDER BY reason) FROM etl_dead_letters"),
            string.Join(", ", receiver.Spans.Single(span => span.Name == "etl.run").Events
                .OrderBy(one => one.Attributes["error.type"], StringComparer.Ordinal)
                .Select(one => $"{one.Attributes["etl.movie.id"]} {one.Attributes["etl.stage"]} {one.Attributes["error.type"]}")));
    }

    private static void AssertMetrics(OtlpReceiver receiver)
    {
        Assert.Equal(["outcome=written 8"], Values(receiver, "etl.run.movies", "counter", "{movie}"));
        Assert.Equal(
            [
                "error.type=truncated, etl.attempt=first, etl.stage=decode 1",
                "error.type=unsupported_format, etl.attempt=first, etl.stage=decode 1",
            ],
            Values(receiver, "etl.dead_letters", "counter", "{movie}"));
        Assert.Equal(
            [
                "error.type=truncated, etl.stage=decode 1", "error.type=unsupported_format, etl.stage=decode 1",
                "etl.stage=decode 8", "etl.stage=fetch 10", "etl.stage=quantize 8", "etl.stage=write 1",
            ],
            Counts(receiver, "etl.stage.duration", "s"));
        Assert.Equal(
            ["etl.stage=decode 10", "etl.stage=fetch 10", "etl.stage=quantize 8", "etl.stage=write 10"],
            Counts(receiver, "etl.stage.wait.duration", "s"));
        Assert.Equal([" 8", "error.type=truncated 1", "error.type=unsupported_format 1"], Counts(receiver, "etl.movie.duration", "s"));
        Assert.Equal(["etl.batch.trigger=end 1"], Counts(receiver, "etl.batch.size", "{movie}"));
        Assert.Equal([" 10"], Counts(receiver, "etl.cover.size", "By"));
        Assert.Equal([" 0"], Values(receiver, "etl.run.pending", "gauge", "{movie}"));
        Assert.Equal([" 0"], Values(receiver, "etl.decode.memory", "gauge", "By"));
        Assert.Equal([" 201326592"], Values(receiver, "etl.decode.memory.limit", "gauge", "By"));
        Assert.Equal(4, receiver.Points("etl.stage.items.held").Count);
        Assert.Equal(12, receiver.Points("etl.stage.worker.time").Count);
        Assert.Contains(
            "db.collection.name=movies, db.operation.name=BATCH UPDATE, db.system.name=sqlite 1",
            Counts(receiver, "db.client.operation.duration", "s"));
        OtlpPoint fetch = receiver.Points("etl.stage.duration").Single(point => point.Attributes.ToString() == "etl.stage=fetch");
        Assert.Equal((0.0001, 30, 17), (fetch.Bounds[0], fetch.Bounds[^1], fetch.Bounds.Length));
        Assert.Equal(10, fetch.Buckets.Sum());
        Assert.Contains(receiver.Metrics, metric => metric is { Scope: "System.Runtime", Name: "dotnet.gc.collections" });
    }

    private static void AssertTraces(OtlpReceiver receiver)
    {
        ILookup<string, OtlpSpan> spans = receiver.Spans.ToLookup(span => span.Name);
        OtlpSpan run = Assert.Single(spans["etl.run"]);
        Assert.Equal(
            ("completed", "10", "8", "2"),
            (run.Attributes["etl.run.ending"], run.Attributes["etl.run.read"], run.Attributes["etl.run.written"], run.Attributes["etl.run.dead_letters"]));
        Assert.False(string.IsNullOrEmpty(run.Attributes["etl.run.verdict"]));
        Assert.Equal(["etl.dead_letter", "etl.dead_letter"], run.Events.Select(one => one.Name));

        Assert.Equal((10, 10, 10, 8), (spans["etl.movie"].Count(), spans["etl.fetch"].Count(), spans["etl.decode"].Count(), spans["etl.quantize"].Count()));
        Assert.Equal((10, 10, 38), (spans["etl.query"].Count(), spans["etl.write"].Count(), spans["etl.wait"].Count()));
        Assert.All(spans["etl.movie"], movie =>
        {
            Assert.Equal("", movie.ParentId);
            Assert.Equal([(run.TraceId, run.SpanId)], movie.Links);
            Assert.NotEqual(run.TraceId, movie.TraceId);
        });
        Dictionary<string, string> traces = spans["etl.movie"].ToDictionary(movie => movie.SpanId, movie => movie.TraceId);
        Assert.All(spans["etl.fetch"].Concat(spans["etl.decode"]).Concat(spans["etl.quantize"]), stage =>
            Assert.Equal(stage.TraceId, traces[stage.ParentId]));

        OtlpSpan batch = Assert.Single(spans["etl.batch"]);
        Assert.Equal((run.TraceId, run.SpanId), (batch.TraceId, batch.ParentId));
        Assert.Equal(traces.Select(movie => (movie.Value, movie.Key)).Order(), batch.Links.Order());
    }

    private static void AssertLogs(OtlpReceiver receiver)
    {
        OtlpSpan run = receiver.Spans.Single(span => span.Name == "etl.run");
        Assert.Equal(["Information", "Warning", "Information"], receiver.Logs.Select(log => log.Severity));
        Assert.All(receiver.Logs, log => Assert.Equal(run.TraceId, log.TraceId));
        Assert.All(receiver.Logs, static log => Assert.DoesNotContain('"', log.Body));
        Assert.All(receiver.Logs, log => Assert.Equal("PaletteEtl.Pipeline.EtlPipeline", log.Scope));
        Assert.StartsWith("Filling in the missing palettes of ", receiver.Logs[0].Body, StringComparison.Ordinal);
        Assert.Contains("read 10, written 8, dead letters 2", receiver.Logs[^1].Body, StringComparison.Ordinal);
        Assert.Equal(("10", run.SpanId), (receiver.Logs[^1].Attributes["Read"], receiver.Logs[^1].SpanId));
    }

    private static void AssertResource(OtlpReceiver receiver)
    {
        OtlpAttributes[] resources =
        [
            .. receiver.Metrics.Select(metric => metric.Resource), .. receiver.Spans.Select(span => span.Resource),
            .. receiver.Logs.Select(log => log.Resource),
        ];
        Assert.Single(resources.Select(resource => resource.ToString()).Distinct());
        Assert.Equal("etl", resources[0]["service.name"]);
        Assert.True(Guid.TryParse(resources[0]["service.instance.id"], out _));
        Assert.Equal(ProgramVersion.Number, resources[0]["service.version"]);
    }

    private static string[] Values(OtlpReceiver receiver, string name, string kind, string unit) =>
        Points(receiver, name, kind, unit, point => RunSummary.Number((long)point.Value).Replace(",", "", StringComparison.Ordinal));

    private static string[] Counts(OtlpReceiver receiver, string name, string unit) =>
        Points(receiver, name, "histogram", unit, point => RunSummary.Number(point.Count));

    private static string[] Points(OtlpReceiver receiver, string name, string kind, string unit, Func<OtlpPoint, string> value)
    {
        OtlpMetric last = receiver.Metrics.Last(metric => metric.Name == name);
        Assert.Equal(("Etl", ProgramVersion.Number, kind, unit), (last.Scope, last.Version, last.Kind, last.Unit));
        return [.. last.Points.Select(point => $"{point.Attributes} {value(point)}").Order(StringComparer.Ordinal)];
    }
}
