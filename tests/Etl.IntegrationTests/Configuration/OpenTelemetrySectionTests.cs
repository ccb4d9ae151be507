using Etl.Host;

namespace Etl.IntegrationTests.Configuration;

/// <summary>The section of telemetry is checked as the pipeline's own is.</summary>
public sealed class OpenTelemetrySectionTests : IDisposable
{
    private const string Secret = "s3cret, and = more";

    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("OpenTelemetry:Endpoint=localhost:4317", "OpenTelemetry:Endpoint must be an address such as http://localhost:4317, without user name and query; found 'localhost:4317' in --set")]
    [InlineData("OpenTelemetry:Endpoint=http://me:s3cret@host", "OpenTelemetry:Endpoint must be an address such as http://localhost:4317, without user name and query; found '(hidden)' in --set")]
    [InlineData("OpenTelemetry:Protocol=http", "OpenTelemetry:Protocol must be one of Grpc, HttpProtobuf; found 'http' in --set")]
    [InlineData("OpenTelemetry:TraceRatio=1.01", "OpenTelemetry:TraceRatio must be a number from 0 to 1; found '1.01' in --set")]
    [InlineData("OpenTelemetry:ExportInterval=5", "OpenTelemetry:ExportInterval must be a duration, hours:minutes:seconds, such as 00:00:05, from 00:00:00.100 to 01:00:00; found '5' in --set")]
    [InlineData("OpenTelemetry:Headers=s3cret", "OpenTelemetry:Headers must be names of headers with their values; found '(hidden)' in --set")]
    [InlineData("OpenTelemetry:EndPiont=x", "OpenTelemetry:EndPiont is not an option; found in --set; did you mean OpenTelemetry:Endpoint?")]
    [InlineData("OpenTelemetry=x", "OpenTelemetry must be a section of options; found 'x' in --set")]
    public void Load_NotAllowed_IsRefused(string setting, string problem) => Assert.Equal([problem], _folder.Refusal(null, setting)[1..]);

    [Fact]
    public async Task Config_Headers_AreHidden()
    {
        using var output = new StringWriter();
        string file = _folder.WithFile("my.json", "{}").PathOf("my.json");

        await Program.RunAsync(
            ["config", "--config", file, "--set", $"OpenTelemetry:Headers:Authorization={Secret}"], output, TextWriter.Null);

        Assert.Contains("OpenTelemetry:Headers:Authorization", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", output.ToString(), StringComparison.Ordinal);
    }
}
