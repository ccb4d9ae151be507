using Etl.Host.Telemetry;

namespace Etl.IntegrationTests.Telemetry;

/// <summary>The section, and before it the standard variables.</summary>
public sealed class OtlpSettingsTests
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private const string Url = "http://localhost:4317";

    private readonly OpenTelemetryOptions _options = new();

    [Fact]
    public void Targets_NoEndpoint_AreNone() => Assert.Empty(Read((Protocol, "grpc"), ("OTEL_SERVICE_NAME", "mine")).Targets);

    [Fact]
    public void Targets_EndpointInTheSection_AreAllSignals()
    {
        (_options.Endpoint, _options.Protocol) = (Url, OtlpProtocol.HttpProtobuf);

        Assert.Equal(
            [new("traces", Url, "http/protobuf"), new("metrics", Url, "http/protobuf"), new("logs", Url, "http/protobuf")],
            Read().Targets);
    }

    [Fact]
    public void Targets_Variables_GoBeforeTheSection()
    {
        (_options.Endpoint, _options.Protocol) = ("http://section", OtlpProtocol.HttpProtobuf);

        Assert.Equal(new("traces", Url, "grpc"), Read((Endpoint, Url), (Protocol, "grpc")).Targets[0]);
    }

    [Fact]
    public void Targets_EmptyVariable_IsAsIfItWereNotSet()
    {
        _options.Endpoint = Url;

        Assert.Equal(Url, Read((Endpoint, "")).Targets[0].Endpoint);
    }

    [Fact]
    public void Targets_VariablesOfOneSignal_GoBeforeThoseOfAll()
    {
        OtlpSettings settings = Read(
            (Endpoint, Url), ("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "https://logs/v1/logs"), ("OTEL_EXPORTER_OTLP_LOGS_PROTOCOL", "http/protobuf"));

        Assert.Equal([new("traces", Url, "grpc"), new("metrics", Url, "grpc"), new("logs", "https://logs/v1/logs", "http/protobuf")], settings.Targets);
    }

    [Fact]
    public void Targets_EndpointOfOneSignalOnly_LeavesTheOthersOut() =>
        Assert.Equal("traces", Assert.Single(Read(("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", Url)).Targets).Signal);

    [Theory]
    [InlineData("OTEL_SDK_DISABLED", "true", "")]
    [InlineData("OTEL_SDK_DISABLED", "TRUE", "")]
    [InlineData("OTEL_SDK_DISABLED", "false", "traces metrics logs")]
    [InlineData("OTEL_TRACES_EXPORTER", "none", "metrics logs")]
    [InlineData("OTEL_METRICS_EXPORTER", "none", "traces logs")]
    [InlineData("OTEL_LOGS_EXPORTER", "none", "traces metrics")]
    [InlineData("OTEL_LOGS_EXPORTER", "otlp", "traces metrics logs")]
    public void Targets_SwitchedOff_AreLeftOut(string name, string value, string signals)
    {
        OtlpSettings settings = Read((Endpoint, Url), (name, value));

        Assert.Equal(signals, string.Join(' ', settings.Targets.Select(target => target.Signal)));
        Assert.Empty(settings.Problems);
    }

    [Theory]
    [InlineData(Endpoint, "localhost:4317", $"{Endpoint} is not an address such as http://localhost:4317: this signal is not exported")]
    [InlineData(Protocol, "http/json", $"{Protocol} is 'http/json', which is neither grpc nor http/protobuf: this signal is not exported")]
    [InlineData("OTEL_TRACES_EXPORTER", "console", "OTEL_TRACES_EXPORTER names 'console', which is neither otlp nor none")]
    [InlineData("OTEL_TRACES_SAMPLER", "sometimes", "OTEL_TRACES_SAMPLER is 'sometimes'; supported are always_on, always_off and traceidratio")]
    public void Problems_VariableThatMeansNothing_IsOneSentence(string name, string value, string problem)
    {
        _options.Endpoint = Url;

        Assert.Equal([problem], Read((name, value)).Problems);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "a=x%2Cy,b=c", "b=c", ", header a, must not contain a comma, which the exporter cannot send: this header is not sent")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "a,b=c", "b=c", " has an item without a name and '=' (number 1): this header is not sent")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "b=c,=x", "b=c", " has an item without a name and '=' (number 2): this header is not sent")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "a b=c", "", ", header a b, is not a valid request header: this header is not sent")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "a=x%0Ay", "", ", header a, must be printable ASCII, without line breaks: this header is not sent")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "a=x%2Cy", "", ", header a, must not contain a comma, which the exporter cannot send: this header is not sent")]
    public void Problems_HeaderThatTheSdkCannotSend_IsLeftOut(string name, string value, string sent, string problem)
    {
        OtlpSettings settings = Read((Endpoint, Url), (name, value));

        Assert.Equal([name + problem], settings.Problems);
        Assert.Equal(sent, settings.Variables[name]);
    }

    [Theory]
    [InlineData("authorization=Bearer%20s3cret", "authorization=Bearer%20s3cret")]
    [InlineData(" a = x=y , b=%25 ,", "a=x%3Dy,b=%25")]
    public void Variables_Headers_AreThoseThatTheSdkReads(string value, string sent)
    {
        OtlpSettings settings = Read((Endpoint, Url), ("OTEL_EXPORTER_OTLP_HEADERS", value));

        Assert.Empty(settings.Problems);
        Assert.Equal(sent, settings.Variables["OTEL_EXPORTER_OTLP_HEADERS"]);
    }

    [Fact]
    public void Problems_HeaderOfTheSectionWithAComma_IsLeftOut()
    {
        _options.Headers = new Dictionary<string, string> { ["X"] = "a,b=c", ["Y"] = "1" };

        OtlpSettings settings = Read((Endpoint, Url));

        Assert.Equal(["OpenTelemetry:Headers:X must not contain a comma, which the exporter cannot send: this header is not sent"], settings.Problems);
        Assert.Equal("Y=1", settings.Variables["OTEL_EXPORTER_OTLP_HEADERS"]);
    }

    [Fact]
    public void Problems_RatioThatIsNone_IsToldAndTheSectionsIsTaken()
    {
        OtlpSettings settings = Read((Endpoint, Url), ("OTEL_TRACES_SAMPLER", "traceidratio"), ("OTEL_TRACES_SAMPLER_ARG", "1.5"));

        Assert.Equal(["OTEL_TRACES_SAMPLER_ARG is '1.5', which is not a number from 0 to 1"], settings.Problems);
        Assert.Equal(0.01, settings.TraceRatio);
    }

    [Theory]
    [InlineData("always_on", null, 1)]
    [InlineData("always_off", null, 0)]
    [InlineData("parentbased_always_on", null, 1)]
    [InlineData("traceidratio", "0.25", 0.25)]
    [InlineData("parentbased_traceidratio", null, 1)]
    public void TraceRatio_Sampler_IsWhatItSays(string sampler, string? argument, double ratio) => Assert.Equal(
        ratio, Read((Endpoint, Url), ("OTEL_TRACES_SAMPLER", sampler), ("OTEL_TRACES_SAMPLER_ARG", argument ?? "")).TraceRatio);

    [Fact]
    public void Targets_PasswordInAnEndpoint_IsNotShown() =>
        Assert.Equal("https://host:4317 (grpc)", Read((Endpoint, "https://user:secret@host:4317?token=secret")).Targets[0].ToString());

    private OtlpSettings Read(params (string Name, string Value)[] variables) =>
        new(_options, variables.ToDictionary(one => one.Name, one => one.Value));
}
