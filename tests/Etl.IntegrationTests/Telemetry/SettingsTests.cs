using Etl.IntegrationTests.Run;
using Etl.Tests.Support.Otlp;

namespace Etl.IntegrationTests.Telemetry;

/// <summary>Tests the effect of the settings on an export.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly TestCatalogue _catalogue = new(movies: 5);

    public void Dispose() => _catalogue.Dispose();

    [Theory]
    [InlineData(OtlpReceiver.Grpc, "Grpc")]
    [InlineData(OtlpReceiver.HttpProtobuf, "HttpProtobuf")]
    public async Task Export_SectionAlone_SendsItsHeadersAndNamesTheService(string protocol, string option)
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync(protocol);
        string config =
            $$"""
            { "OpenTelemetry": { "Endpoint": "{{receiver.Url}}", "Protocol": "{{option}}", "Headers": { "X-Api-Key": "s3cret" }, "ServiceName": "mine" } }
            """;
        await File.WriteAllTextAsync(_catalogue.PathOf("etl.json"), config, TestContext.Current.CancellationToken);

        EtlOutput run = await ExportingRun.RunAsync(_catalogue, []);

        Assert.Equal(3, run.ExitCode);
        Assert.All(receiver.Headers, headers => Assert.Equal("s3cret", headers["X-Api-Key"]));
        Assert.Equal("mine", receiver.Logs[0].Resource["service.name"]);
        Assert.DoesNotContain("s3cret", run.Output + run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_Resource_TakesTheStandardVariables()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync(OtlpReceiver.Grpc);

        await ExportingRun.RunAsync(
            _catalogue,
            [
                .. ExportingRun.Variables(receiver),
                ("OTEL_SERVICE_NAME", "theirs"), ("OTEL_RESOURCE_ATTRIBUTES", "service.instance.id=host-1,deployment.environment.name=test"),
            ],
            "--set", "OpenTelemetry:ServiceName=mine");

        OtlpAttributes resource = receiver.Metrics[0].Resource;
        Assert.Equal(
            ("theirs", "host-1", "test"),
            (resource["service.name"], resource["service.instance.id"], resource["deployment.environment.name"]));
    }

    [Fact]
    public async Task Export_EndpointsOfSignals_GetThatSignalAlone()
    {
        await using OtlpReceiver traces = await OtlpReceiver.StartAsync(OtlpReceiver.Grpc);
        await using OtlpReceiver logs = await OtlpReceiver.StartAsync(OtlpReceiver.HttpProtobuf);

        await ExportingRun.RunAsync(
            _catalogue,
            [
                ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", traces.Url),
                ("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", $"{logs.Url}/my/logs"),
                ("OTEL_EXPORTER_OTLP_LOGS_PROTOCOL", OtlpReceiver.HttpProtobuf),
            ]);

        Assert.Equal(["/opentelemetry.proto.collector.trace.v1.TraceService/Export"], traces.Paths);
        Assert.Equal(["/my/logs"], logs.Paths);
    }

    [Fact]
    public async Task Export_HeadersAsAVariable_AreSentAndShownNowhere()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync(OtlpReceiver.HttpProtobuf);

        EtlOutput run = await ExportingRun.RunAsync(
            _catalogue, [.. ExportingRun.Variables(receiver), ("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20s3cret")]);

        Assert.All(receiver.Headers, headers => Assert.Equal("Bearer s3cret", headers.Authorization));
        Assert.DoesNotContain("s3cret", run.Output + run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_HeaderThatCannotBeSent_IsWarnedOfAndTheOthersAreSent()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync(OtlpReceiver.HttpProtobuf);

        EtlOutput run = await ExportingRun.RunAsync(
            _catalogue, [.. ExportingRun.Variables(receiver), ("OTEL_EXPORTER_OTLP_HEADERS", "a=x%2Cy,b,authorization=Bearer%20s3cret")]);

        Assert.All(receiver.Headers, headers => Assert.Equal("Bearer s3cret", headers.Authorization));
        Assert.Contains("header a, must not contain a comma", run.Errors, StringComparison.Ordinal);
        Assert.Contains("has an item without a name and '=' (number 2)", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_CERTIFICATE", "/nowhere")]
    [InlineData("OTEL_EXPORTER_OTLP_CERTIFICATE", "movies.db")]
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT", "soon")]
    [InlineData("OTEL_BSP_MAX_QUEUE_SIZE", "-1")]
    public async Task Export_VariableThatTheSdkRefuses_EndsNoRun(string name, string value)
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync(OtlpReceiver.HttpProtobuf);

        EtlOutput run = await ExportingRun.RunAsync(_catalogue, [.. ExportingRun.Variables(receiver), (name, value)]);

        Assert.Equal(2, _catalogue.Missing);
        Assert.Contains(" WRN ", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("unexpected", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_Demo_TakesTheVariablesToo()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync(OtlpReceiver.HttpProtobuf);
        using EtlProcess demo = EtlProcess.Start(_catalogue.Folder, ExportingRun.Variables(receiver), "demo", "--movies", "5");

        EtlOutput ended = await demo.EndAsync();

        Assert.Equal(0, ended.ExitCode);
        Assert.Equal(["/v1/logs", "/v1/metrics", "/v1/traces"], receiver.Paths);
    }

    [Fact]
    public async Task Run_NoEndpoint_NeedsNoneOfTheLibraries()
    {
        using var program = new ProgramCopy(without: "OpenTelemetry.");

        EtlOutput run = await program.RunAsync(_catalogue.Folder, ["run", .. TestCatalogue.Settings]);

        Assert.Equal((3, 2), (run.ExitCode, _catalogue.Missing));
    }
}
