using System.Diagnostics;
using System.Net;
using Etl.Demo;
using Etl.IntegrationTests.Run;
using Microsoft.Data.Sqlite;
using PaletteEtl.Hosting;

namespace Etl.IntegrationTests.Library;

/// <summary>The programs of examples, each run as a user would run it.</summary>
public sealed class ExampleTests : IDisposable
{
    private const int Movies = 12;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("etl example ");

    public ExampleTests() => DemoCatalogue.Create(_folder.FullName, Movies);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Tutorial_DemoCatalogue_ShowsEachStepAndFillsInThePalettes()
    {
        using Process tutorial = Start("dotnet", "run", Repository.PathOf("examples/tutorial.cs"), Database, Covers);

        string[] lines = await EndAsync(tutorial);

        Assert.Collection(
            lines,
            line => Assert.EndsWith(" movies without a palette", line, StringComparison.Ordinal),
            line => Assert.Contains("one palette: ", line, StringComparison.Ordinal),
            line => Assert.EndsWith("3 handles", line, StringComparison.Ordinal),
            line => Assert.EndsWith("3 palettes at once", line, StringComparison.Ordinal),
            line => Assert.Contains($" of {Movies} palettes written.", line, StringComparison.Ordinal));
        Assert.InRange(Missing, 0, 3); // of broken covers
    }

    [Fact]
    public async Task WorkerService_DemoCatalogue_FillsInThePalettesUntilItIsStopped()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The program is stopped with kill(2).");
        using Process service = Start(
            ProgramOf("worker-service"), $"--Etl:Query:Database={Database}", $"--Etl:Fetch:Locations:0={Path.Combine(Covers, "{id}.jpg")}");

        await Eventually.Holds(() => Missing <= 3); // of broken covers
        EtlProcess.Send(service, EtlProcess.Terminate);
        string[] lines = await EndAsync(service);

        Assert.InRange(Missing, 0, 3);
        Assert.Contains(lines, static line => line.Contains(": written ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WorkerService_TooManyDeadLetters_EndsWithTheExitCodeOfEtl()
    {
        using Process service = Start(
            ProgramOf("worker-service"),
            $"--Etl:Query:Database={Database}",
            $"--Etl:Fetch:Locations:0={Path.Combine(_folder.FullName, "{id}.jpg")}",
            "--Etl:MaxDeadLetters=1");

        await service.StandardOutput.ReadToEndAsync().WaitAsync(TestTimeout);
        await service.WaitForExitAsync().WaitAsync(TestTimeout);

        Assert.Equal(4, service.ExitCode);
    }

    [Fact]
    public async Task WorkerService_NoCovers_LogsItsHealth()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The program is stopped with kill(2).");
        using Process service = Start(
            ProgramOf("worker-service"), $"--Etl:Query:Database={Database}", $"--Etl:Fetch:Locations:0={Path.Combine(_folder.FullName, "absent", "{id}.jpg")}");

        string line = await LineAsync(service, "Unhealthy. ");
        EtlProcess.Send(service, EtlProcess.Terminate);
        await EndAsync(service);

        Assert.Contains("No location of covers is available", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WebApi_Picture_AnswersItsPaletteAndRefusesWhatIsNone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The program is stopped with kill(2).");
        using Process api = Start(ProgramOf("web-api"), "--urls", "http://127.0.0.1:0");
        string address = (await LineAsync(api, "Now listening on: ")).Split("on: ")[1].Trim();
        using var client = new HttpClient { BaseAddress = new Uri(address) };

        using HttpResponseMessage picture = await client.PostAsync(new Uri("/palette", UriKind.Relative), new ByteArrayContent(Asset.Bytes("rgba.png")));
        using HttpResponseMessage text = await client.PostAsync(new Uri("/palette", UriKind.Relative), new StringContent("hello"));

        Assert.Equal(new PaletteExtractor().Extract(Asset.Bytes("rgba.png")).ToJson(), await picture.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, text.StatusCode);
        Assert.Contains("UnsupportedFormat", await text.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        EtlProcess.Send(api, EtlProcess.Terminate);
        await EndAsync(api);
    }

    [Fact]
    public async Task CustomCatalogue_JsonFile_FillsInTheMissingPalettesAlone()
    {
        string file = Path.Combine(_folder.FullName, "movies.json");
        await File.WriteAllTextAsync(file, """{"baseline": null, "progressive": [[1, 2, 3]], "absent": null}""");
        using Process program = Start(ProgramOf("custom-catalogue"), file, Path.Combine(AppContext.BaseDirectory, "Assets"));

        string[] lines = await EndAsync(program);

        Assert.StartsWith("1 of 2 palettes written. ", Assert.Single(lines), StringComparison.Ordinal);
        string expected = new PaletteExtractor().Extract(Asset.Bytes("baseline.jpg")).ToJson();
        Assert.Equal(
            $$"""{"baseline":{{expected}},"progressive":[[1,2,3]],"absent":null}""".Replace(" ", "", StringComparison.Ordinal),
            (await File.ReadAllTextAsync(file)).Replace(" ", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task DataflowBlock_Folder_PrintsAPaletteOrAFailureForEachFile()
    {
        using Process program = Start(ProgramOf("dataflow-block"), Covers);

        string[] lines = await EndAsync(program);

        Assert.Equal(Directory.EnumerateFiles(Covers).Select(Path.GetFileName).Order(), lines.Select(line => line.Split(": ")[0]).Order());
        Assert.True(lines.Count(line => line.Contains(": [[", StringComparison.Ordinal)) >= Movies - 3, string.Join('\n', lines));
    }

    private string Database => DemoCatalogue.DatabaseIn(_folder.FullName);

    private string Covers => DemoCatalogue.CoversIn(_folder.FullName);

    private long Missing
    {
        get
        {
            using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM movies WHERE coalesce(palette_json, '') = ''";
            return (long)command.ExecuteScalar()!;
        }
    }

    private static string ProgramOf(string example) => Repository.PathOf($"examples/{example}/bin/{Build}/net10.0/{example}{(OperatingSystem.IsWindows() ? ".exe" : "")}");

    private static string Build => Directory.GetParent(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar))!.Name;

    private Process Start(string program, params string[] arguments) => ChildProcess.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = _folder.FullName,
        RedirectStandardOutput = true,
    });

    private static async Task<string> LineAsync(Process process, string text)
    {
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(TestTimeout) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"The program ended without '{text}'.");
    }

    private static async Task<string[]> EndAsync(Process process)
    {
        string output = await process.StandardOutput.ReadToEndAsync().WaitAsync(TestTimeout);
        await process.WaitForExitAsync().WaitAsync(TestTimeout);
        Assert.Equal(0, process.ExitCode);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
