using System.Diagnostics;
using System.Text.Json;
using Etl.IntegrationTests.Run;
using PaletteEtl.Hosting;
using PaletteEtl.Palettes;

namespace Etl.IntegrationTests.Commands;

/// <summary><c>etl palette</c> and <c>etl dead-letters</c> as processes: configuration, signals and closed pipes.</summary>
public sealed class PaletteProcessTests : IDisposable
{
    private readonly CatalogueFolder _folder = new();
    private readonly string _directory;

    public PaletteProcessTests()
    {
        File.WriteAllBytes(_folder.PathOf("@a.png"), Posters.Png());
        _directory = Path.GetDirectoryName(_folder.PathOf("@a.png"))!;
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Palette_FileAndVariablesOfItsEnvironment_TakeEffect()
    {
        await File.WriteAllTextAsync(
            _folder.PathOf("etl.json"),
            """{ "Etl": { "Query": { "Database": "" }, "Quantize": { "ColorCount": 3, "Algorithm": "ColorThief" } } }""",
            TestContext.Current.CancellationToken);
        using EtlProcess process = EtlProcess.Start(
            _directory, [("Etl__Quantize__Algorithm", "Oklab")], "palette", "--jsonl", "@a.png");

        EtlOutput ended = await process.EndAsync();

        var options = new EtlOptions { Quantize = { ColorCount = 3, Algorithm = QuantizeAlgorithm.Oklab } };
        Assert.Equal((0, ""), (ended.ExitCode, ended.Errors));
        Assert.Equal(
            new PaletteExtractor(options).Extract(Posters.Png()).ToJson().Replace(" ", "", StringComparison.Ordinal),
            JsonDocument.Parse(ended.Output).RootElement.GetProperty("palette").GetRawText());
    }

    [Theory]
    [InlineData(EtlProcess.Interrupt, 130, "--json")]
    [InlineData(EtlProcess.Terminate, 143, "--json")]
    [InlineData(EtlProcess.Terminate, 143, "--jsonl")]
    public async Task Palette_SignalWhileAnImageIsWaitedFor_LeavesValidJson(int signal, int exitCode, string format)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill(2).");
        await using SlowCovers server = await SlowCovers.StartAsync(Posters.Png(), requests: 1);
        using EtlProcess process = EtlProcess.Start(_directory, "palette", format, "none.png", server.Location);
        await server.Requested;
        await process.Logged("none.png: not_found");

        process.Signal(signal);
        EtlOutput ended = await process.EndAsync();

        Assert.Equal(exitCode, ended.ExitCode);
        Assert.Equal("none.png: not_found: There is no such file.", ended.Errors.TrimEnd());
        JsonElement json = JsonDocument.Parse(ended.Output).RootElement;
        Assert.Equal("none.png", (format == "--json" ? json.EnumerateArray().Single() : json).GetProperty("source").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("--json")]
    [InlineData("--jsonl")]
    public async Task Palette_ReaderOfItsOutputHasGone_EndsQuietlyAndSoon(string format)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows closes pipes in its own way.");
        await File.WriteAllLinesAsync(
            _folder.PathOf("names.txt"), Enumerable.Repeat("@a.png", 1_000_000), TestContext.Current.CancellationToken);
        using Process shell = Start(
            "sh", "-c", $"{{ \"$0\" palette {format} --files-from names.txt; echo $? >&2; }} | head -n 1", EtlProcess.Program);

        string errors = await shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)
            .WaitAsync(TestTimeout, TestContext.Current.CancellationToken);
        string output = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Equal("0", errors.Trim());
        Assert.Single(output.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData(EtlProcess.Interrupt, 130)]
    [InlineData(EtlProcess.Terminate, 143)]
    public async Task DeadLetters_SignalWhileTheReaderPauses_LeavesValidJson(int signal, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill(2).");
        const int Rows = 20_000; // far more than a pipe holds
        _folder.WithTable().WithDeadLetters().With(
            $"""
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Rows})
            INSERT INTO etl_dead_letters SELECT i, 'fetch', 'not_found', 'm', 1, 't', 't', NULL, NULL, NULL FROM n
            """);
        using Process process = Start(EtlProcess.Program, "dead-letters", "--json", "--set", "Etl:Query:Database=movies.db");

        string? first = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        EtlProcess.Send(process, signal);
        string rest = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)
            .WaitAsync(TestTimeout, TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(exitCode, process.ExitCode);
        Assert.InRange(JsonDocument.Parse(first + rest).RootElement.GetArrayLength(), 1, Rows - 1);
    }

    private Process Start(string program, params string[] arguments) => ChildProcess.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = _directory,
        RedirectStandardError = true,
        RedirectStandardOutput = true,
    });
}
