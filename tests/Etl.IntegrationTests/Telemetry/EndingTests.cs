using System.Text.Json;
using Etl.IntegrationTests.Run;
using Etl.Tests.Support.Otlp;

namespace Etl.IntegrationTests.Telemetry;

/// <summary>Whichever way a run ends, its telemetry is delivered.</summary>
public sealed class EndingTests : IDisposable
{
    private const int Parallelism = 4;

    private readonly TestCatalogue _catalogue = new(movies: 30);

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public async Task Export_Drain_HasTheEndAndWhatIsLeft()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill(2).");
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync(OtlpReceiver.Grpc);
        await using SlowCovers covers = await SlowCovers.StartAsync(_catalogue.GoodCover(), Parallelism);
        using EtlProcess process = Start(receiver, covers);
        await covers.Requested;

        process.Signal(EtlProcess.Terminate);
        await process.Logged("Draining");
        covers.Open();
        EtlOutput ended = await process.EndAsync();

        Assert.Equal(143, ended.ExitCode);
        long written = _catalogue.Report("report.json")["written"];
        AssertEnding(receiver, "drained", read: written);
        Assert.Equal(("outcome=written", written), Number(receiver.Points("etl.run.movies").Single()));
        Assert.Equal(30 - written, receiver.Points("etl.run.pending").Single().Value);
    }

    [Fact]
    public async Task Export_Abort_CountsWhatIsAbandoned()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill(2).");
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync(OtlpReceiver.Grpc);
        await using SlowCovers covers = await SlowCovers.StartAsync(_catalogue.GoodCover(), Parallelism);
        using EtlProcess process = Start(receiver, covers);
        await covers.Requested;

        process.Signal(EtlProcess.Terminate);
        await process.Logged("Draining");
        process.Signal(EtlProcess.Terminate);
        EtlOutput ended = await process.EndAsync();

        Assert.Equal(143, ended.ExitCode);
        long abandoned = _catalogue.Report("report.json")["abandoned"];
        AssertEnding(receiver, "aborted", read: abandoned);
        Assert.Equal(("outcome=abandoned", abandoned), Number(receiver.Points("etl.run.movies").Single()));
    }

    [Fact]
    public async Task Export_TooManyDeadLetters_HasTheFaultAndItsCause()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync(OtlpReceiver.HttpProtobuf);

        EtlOutput run = await ExportingRun.RunAsync(_catalogue, receiver, "--set", "Etl:MaxDeadLetters=1");

        Assert.Equal(4, run.ExitCode);
        AssertEnding(receiver, "faulted", read: 30);
        OtlpSpan span = receiver.Spans.Single(span => span.Name == "etl.run");
        OtlpLog error = receiver.Logs.Single(log => log.Severity == "Error");
        Assert.Equal((2, "PaletteEtl.Pipeline.DeadLetterLimitException"), (span.Status, span.Attributes["error.type"]));
        Assert.Equal((span.StatusMessage, span.TraceId), (error.Attributes["Error"], error.TraceId));
    }

    [Fact]
    public async Task Export_NoDatabase_HasTheFaultAndTheConsoleOneLineOfIt()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync(OtlpReceiver.Grpc);

        EtlOutput run = await ExportingRun.RunAsync(_catalogue, receiver, "--set", "Etl:Query:Database=absent.db");

        Assert.Equal(1, run.ExitCode);
        AssertEnding(receiver, "faulted", read: 0);
        Assert.Single(run.Errors.Split('\n'), line => line.Contains("does not exist. Set Etl:Query:Database.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task LogFormat_Json_IsAnObjectALineWithTheTrace()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync(OtlpReceiver.Grpc);

        EtlOutput run = await ExportingRun.RunAsync(_catalogue, receiver, "--log-format", "json");

        string[] lines = run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string trace = receiver.Spans.Single(span => span.Name == "etl.run").TraceId;
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Equal(trace, JsonSerializer.Deserialize<JsonElement>(line).GetProperty("@tr").GetString()));
    }

    [Fact]
    public async Task LogFormat_Text_HasTheTraceAtTheEndOfALine()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync(OtlpReceiver.Grpc);

        EtlOutput run = await ExportingRun.RunAsync(_catalogue, receiver);
        EtlOutput untraced = await ExportingRun.RunAsync(_catalogue, []);

        string trace = receiver.Spans.Single(span => span.Name == "etl.run").TraceId;
        Assert.All(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.EndsWith($" [{trace}]", line));
        Assert.DoesNotContain("[]", untraced.Errors, StringComparison.Ordinal);
    }

    private static void AssertEnding(OtlpReceiver receiver, string ending, long read)
    {
        OtlpSpan run = Assert.Single(receiver.Spans, span => span.Name == "etl.run");
        Assert.Equal((ending, $"{read}"), (run.Attributes["etl.run.ending"], run.Attributes["etl.run.read"]));
        Assert.Contains($"The run {ending}:", receiver.Logs[^1].Body, StringComparison.Ordinal);
        Assert.Equal(run.TraceId, receiver.Logs[^1].TraceId);
        Assert.Equal(12, receiver.Points("etl.stage.worker.time").Count);
    }

    private static (string Attributes, long Value) Number(OtlpPoint point) => (point.Attributes.ToString(), (long)point.Value);

    private EtlProcess Start(OtlpReceiver receiver, SlowCovers covers) => EtlProcess.Start(
        _catalogue.Folder,
        ExportingRun.Variables(receiver),
        "run", "--report", "report.json",
        "--set", "Etl:Query:Database=movies.db", "--set", $"Etl:Fetch:Locations:0={covers.Location}",
        "--set", $"Etl:Fetch:DegreeOfParallelism={Parallelism}", "--set", "Etl:Fetch:BoundedCapacity=8");
}
