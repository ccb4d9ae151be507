using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Etl.IntegrationTests.Run;
using Etl.Tests.Support.Otlp;

namespace Etl.IntegrationTests.Telemetry;

/// <summary>Telemetry that cannot be delivered: one warning, and the run is as it would be without.</summary>
public sealed class DeliveryFailureTests : IDisposable
{
    private readonly TestCatalogue _catalogue = new(movies: 5);

    public void Dispose() => _catalogue.Dispose();

    [Theory]
    [InlineData(OtlpReceiver.Grpc)]
    [InlineData(OtlpReceiver.HttpProtobuf)]
    public async Task Run_NothingListens_WarnsOnce(string protocol)
    {
        // Bound, so that no other test's server gets the port.
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, port: 0));
        string url = $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndPoint!).Port}";

        await AssertWarnsAsync(url, protocol, "Connection refused");
    }

    [Theory]
    [InlineData(OtlpReceiver.Grpc, OtlpReceiver.HttpProtobuf)]
    [InlineData(OtlpReceiver.HttpProtobuf, OtlpReceiver.Grpc)]
    public async Task Run_OtherProtocol_WarnsOnce(string received, string sent)
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync(received);

        await AssertWarnsAsync(receiver.Url, sent);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(503)]
    public async Task Run_ServerRefuses_WarnsOnceWithItsStatus(int status)
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync(OtlpReceiver.HttpProtobuf, instead: Answers.Status(status));

        await AssertWarnsAsync(receiver.Url, OtlpReceiver.HttpProtobuf, $"{status}");
    }

    [Fact]
    public async Task Run_CertificateNotTrusted_WarnsOnce()
    {
        using X509Certificate2 certificate = Certificates.SelfSigned();
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync(OtlpReceiver.HttpProtobuf, certificate);

        await AssertWarnsAsync(receiver.Url, OtlpReceiver.HttpProtobuf, "certificate");
    }

    [Fact]
    public async Task Run_HttpsServerAskedInTheClear_WarnsOnce()
    {
        using X509Certificate2 certificate = Certificates.SelfSigned();
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync(OtlpReceiver.Grpc, certificate);

        await AssertWarnsAsync(receiver.Url.Replace("https", "http", StringComparison.Ordinal), OtlpReceiver.Grpc);
    }

    [Fact]
    public async Task Run_ServerHangs_EndsWithinTheBound()
    {
        var requests = new ConcurrentQueue<string>();
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync(
            OtlpReceiver.Grpc,
            instead: context =>
            {
                requests.Enqueue(context.Request.Path);
                return Task.Delay(Timeout.Infinite, context.RequestAborted);
            });

        EtlOutput run = await ExportingRun.RunAsync(
            _catalogue, [.. ExportingRun.Variables(receiver), ("OTEL_EXPORTER_OTLP_TIMEOUT", "3600000")]);

        Assert.Equal((3, 2), (run.ExitCode, _catalogue.Missing));
        string warning = Assert.Single(Warnings(run));
        Assert.True(warning.Contains("the remaining telemetry was not delivered within 5 s", StringComparison.Ordinal), warning);
        Assert.Equal(requests.Distinct().Order(), requests.Order()); // none before the run, to try the settings
    }

    [Fact]
    public async Task Run_VariableThatMeansNothing_WarnsOnceAndRuns()
    {
        EtlOutput run = await ExportingRun.RunAsync(
            _catalogue, [("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json")]);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("OTEL_EXPORTER_OTLP_PROTOCOL is 'http/json'", Assert.Single(Warnings(run)), StringComparison.Ordinal);
    }

    /// <summary>The run stands still until it has warned.</summary>
    private async Task AssertWarnsAsync(string url, string protocol, string reason = "")
    {
        await using SlowCovers covers = await SlowCovers.StartAsync(_catalogue.GoodCover(), requests: 1);
        using EtlProcess process = EtlProcess.Start(
            _catalogue.Folder,
            [
                ("OTEL_EXPORTER_OTLP_ENDPOINT", url), ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol),
                ("OTEL_EXPORTER_OTLP_HEADERS", "authorization=s3cret"), ("OTEL_METRIC_EXPORT_INTERVAL", "100"),
            ],
            "run", "--set", "Etl:Query:Database=movies.db", "--set", $"Etl:Fetch:Locations:0={covers.Location}");
        await process.Logged("Telemetry is not delivered");
        covers.Open();
        EtlOutput run = await process.EndAsync();

        Assert.Equal((0, 0), (run.ExitCode, _catalogue.Missing));
        string warning = Assert.Single(Warnings(run));
        Assert.Contains($"Telemetry is not delivered to {url} ({protocol}): ", warning, StringComparison.Ordinal);
        Assert.True(warning.Contains(reason, StringComparison.Ordinal), warning);
        Assert.Contains("set OTEL_EXPORTER_OTLP_ENDPOINT", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", run.Errors, StringComparison.Ordinal);
    }

    private static string[] Warnings(EtlOutput run) =>
        [.. run.Errors.Split('\n').Where(line => line.Contains(" WRN ", StringComparison.Ordinal) && !line.Contains("dead letters", StringComparison.Ordinal))];
}
