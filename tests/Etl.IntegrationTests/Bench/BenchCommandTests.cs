using System.Diagnostics;
using System.Text.Json;
using Etl.IntegrationTests.Run;
using PaletteEtl.Covers.Formats;

namespace Etl.IntegrationTests.Bench;

/// <summary>The real process, on small covers and for a short time.</summary>
public sealed class BenchCommandTests : IDisposable
{
    private static readonly string[] Pictures = ["baseline.jpg", "rgba.png", "lossy.webp"];

    private readonly TestCatalogue _catalogue = new(movies: 5);
    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory("etl-bench-tests-");
    private readonly string _covers;

    public BenchCommandTests()
    {
        _covers = Directory.CreateDirectory(_catalogue.PathOf("pictures")).FullName;
        Array.ForEach(Pictures, picture => File.Copy(Asset.PathOf(picture), Path.Combine(_covers, picture)));
        File.WriteAllText(Path.Combine(_covers, "credits.txt"), "None of these is a cover.");
    }

    public void Dispose()
    {
        _catalogue.Dispose();
        _temporary.Delete(recursive: true);
    }

    [Fact]
    public async Task Bench_FolderAsJson_HasEveryWayAndLeavesOutWhatIsNoCover()
    {
        EtlOutput bench = await RunAsync("bench", _covers, "--json", "--seconds", "0");

        Assert.Equal((0, ""), (bench.ExitCode, bench.Errors));
        using var json = JsonDocument.Parse(bench.Output);
        JsonElement root = json.RootElement;
        Assert.Equal((3, 1), (root.GetProperty("covers").GetInt32(), root.GetProperty("leftOut").GetInt32()));
        Assert.Equal(Environment.ProcessorCount, root.GetProperty("cores").GetInt32());
        Assert.Equal(
            ["ColorThief SkiaSharp", .. LibTurboJpeg.IsPresent ? ["ColorThief libturbojpeg"] : Array.Empty<string>(), "Oklab SkiaSharp", "Oklab DC reader"],
            root.GetProperty("ways").EnumerateArray().Select(way => $"{way.GetProperty("mode")} {way.GetProperty("decoder")}"));
        Assert.All(root.GetProperty("ways").EnumerateArray(), AssertMeasured);
        Assert.Empty(_temporary.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task Bench_Catalogue_MeasuresItsCoversAndWritesNothingToIt()
    {
        byte[] before = await File.ReadAllBytesAsync(_catalogue.PathOf("movies.db"), TestContext.Current.CancellationToken);

        EtlOutput bench = await RunAsync(["bench", "--seconds", "0", .. TestCatalogue.Settings]);

        Assert.Equal((0, ""), (bench.ExitCode, bench.Errors));
        Assert.Contains(" 3 covers (2 left out: unreadable, or too large), ", bench.Output, StringComparison.Ordinal);
        Assert.Contains("\n Oklab      SkiaSharp    ", bench.Output, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(_catalogue.PathOf("movies.db"), TestContext.Current.CancellationToken));
        Assert.Equal(["covers", "movies.db", "pictures"], new DirectoryInfo(_catalogue.Folder).EnumerateFileSystemInfos().Select(file => file.Name).Order());
        Assert.Empty(_temporary.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task Bench_Table_FitsIntoAHundredColumns()
    {
        EtlOutput bench = await RunAsync("bench", _covers, "--seconds", "0", "--covers", "1");

        string[] table = bench.Output.Split('\n')[2..]; // below what the machine is called, which may be long
        Assert.Equal(0, bench.ExitCode);
        Assert.Contains("mode       JPEG by       covers/s", bench.Output, StringComparison.Ordinal);
        Assert.All(table, line => Assert.True(line.Length <= 100, line));
    }

    [Theory]
    [InlineData("The folder 'nowhere' does not exist. Give a folder of covers.", "nowhere")]
    [InlineData("The folder '' does not exist. Give a folder of covers.", "")]
    [InlineData("The folder 'movies.db' does not exist. Give a folder of covers.", "movies.db")]
    [InlineData("No file in . yields a palette. Give a folder of covers.", ".")]
    [InlineData("DIR cannot be combined with --config or --set, which name a catalogue. Remove one of them.", "covers", "--set", "Etl:Query:Database=movies.db")]
    public async Task Bench_FolderThatCannotBeUsed_IsRefusedInOneLine(string line, params string[] arguments)
    {
        EtlOutput bench = await RunAsync(["bench", .. arguments]);

        Assert.Equal((2, "", $"etl: {line}\n"), (bench.ExitCode, bench.Output, bench.Errors));
        Assert.Empty(_temporary.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task Bench_LinksAmongCovers_LeadToCoversOrAreLeftOut()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Pipes in folders are made with mkfifo.");
        string pipe = _catalogue.PathOf("pipe");
        using (var making = Process.Start("mkfifo", [pipe]))
        {
            await making.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        string linked = Directory.CreateDirectory(_catalogue.PathOf("linked")).FullName;
        File.CreateSymbolicLink(Path.Combine(linked, "pipe.jpg"), pipe);
        File.CreateSymbolicLink(Path.Combine(linked, "nowhere.jpg"), _catalogue.PathOf("nothing"));
        File.CreateSymbolicLink(Path.Combine(linked, "cover.jpg"), Path.Combine(_covers, Pictures[0]));

        EtlOutput bench = await RunAsync("bench", linked, "--seconds", "0");

        Assert.Contains(" 1 cover (2 left out: unreadable, or too large), ", bench.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bench_CatalogueWithoutCovers_FailsInOneLine()
    {
        EtlOutput bench = await RunAsync("bench", "--set", "Etl:Query:Database=movies.db", "--set", "Etl:Fetch:Locations:0=none/{id}.jpg");

        Assert.Equal(1, bench.ExitCode);
        Assert.Equal(
            "etl: No cover of the catalogue yields a palette. Run 'etl validate', or give a folder: etl bench DIR.\n",
            bench.Errors);
    }

    [Theory]
    [InlineData(EtlProcess.Interrupt, 130)]
    [InlineData(EtlProcess.Terminate, 143)]
    public async Task Bench_Signal_StopsAndLeavesNoTemporaryFile(int signal, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill(2).");
        using EtlProcess process = Start("bench", _covers, "--seconds", "3600");
        await Eventually.Holds(() => _temporary.EnumerateFiles("movies.db", SearchOption.AllDirectories).Any()); // a pipeline has begun

        process.Signal(signal);
        EtlOutput bench = await process.EndAsync();

        Assert.Equal((exitCode, "", ""), (bench.ExitCode, bench.Output, bench.Errors));
        Assert.Empty(_temporary.EnumerateFileSystemInfos());
    }

    private static void AssertMeasured(JsonElement way)
    {
        Assert.InRange(way.GetProperty("paletteError").GetDouble(), 0.1, 20);
        Assert.True(way.GetProperty("allCoresToOne").GetDouble() > 0);
        Assert.True(way.GetProperty("pipelineToAllCores").GetDouble() > 0);
        foreach (string measurement in (string[])["oneCore", "allCores", "pipeline"])
        {
            Assert.True(way.GetProperty(measurement).GetProperty("coversPerSecond").GetDouble() > 0);
            Assert.True(way.GetProperty(measurement).GetProperty("cpuSeconds").GetDouble() > 0);
        }
    }

    private async Task<EtlOutput> RunAsync(params string[] arguments)
    {
        using EtlProcess process = Start(arguments);
        return await process.EndAsync();
    }

    private EtlProcess Start(params string[] arguments) =>
        EtlProcess.Start(_catalogue.Folder, [("TMPDIR", _temporary.FullName)], arguments);
}
