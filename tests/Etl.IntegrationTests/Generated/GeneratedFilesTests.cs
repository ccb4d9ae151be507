using Etl.Reference;

namespace Etl.IntegrationTests.Generated;

/// <summary>The files that repeat what the code states are those that the code generates.</summary>
public sealed class GeneratedFilesTests : IDisposable
{
    private readonly DirectoryInfo _copy = Directory.CreateTempSubdirectory("etl-generated-");

    public GeneratedFilesTests()
    {
        foreach (GeneratedFile file in GeneratedFile.All)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(InCopy(file.Path))!);
            File.Copy(Repository.PathOf(file.Path), InCopy(file.Path));
        }
    }

    public static TheoryData<string> All => [.. GeneratedFile.All.Select(static file => file.Path)];

    [Theory]
    [MemberData(nameof(All))]
    public void Update_FileOfTheRepository_ChangesNothing(string path)
    {
        GeneratedFile file = Find(path);

        Assert.True(file.IsCurrent(Repository.PathOf("")), file.Problem);
    }

    [Fact]
    public void Run_Check_CurrentFiles_ReportsNothing() => Assert.Equal((0, ""), Run("--check"));

    [Theory]
    [InlineData("etl.json", "\"BatchSize\": 256", "\"BatchSize\": 255")]
    [InlineData("etl.json", "    \"MaxDeadLetters\": null,\n", "")]
    [InlineData("config/etl.schema.json", "\"maximum\": 20", "\"maximum\": 21")]
    [InlineData("README.md", "| `etl index` | Creates", "| `etl index` | Makes")]
    [InlineData("docs/commands.md", ", `--dry-run`", "")]
    [InlineData("docs/commands.md", "| 4 | The run reached", "| 5 | The run reached")]
    [InlineData("docs/architecture.md", "| dead letter | The movie failed", "| failed | The movie failed")]
    [InlineData("docs/architecture.md", "| tries again |", "| skips it |")]
    [InlineData("docs/configuration.md", "| `6` | 2 to 20 |", "| `6` | 2 to 21 |")]
    [InlineData("docs/observability.md", "| `etl.batch.size` | histogram", "| `etl.batch.size` | counter")]
    [InlineData("docs/observability.md", "| `EtlPaused` | info | Paused for an hour.", "| `EtlPaused` | info | Paused for a day.")]
    public void Run_CheckAfterAnEdit_ReportsTheFileUntilItIsWritten(string path, string text, string edited)
    {
        string current = File.ReadAllText(InCopy(path));
        Assert.Contains(text, current, StringComparison.Ordinal);
        string changed = current.Replace(text, edited, StringComparison.Ordinal);
        File.WriteAllText(InCopy(path), changed);

        (int, string) check = Run("--check");
        string afterCheck = File.ReadAllText(InCopy(path));
        (int, string) write = Run();

        Assert.Equal((1, $"{path} differs from the code. Fix: dotnet run --project tests/Etl.Reference\n"), check);
        Assert.Equal(changed, afterCheck);
        Assert.Equal((0, $"{path} is written\n"), write);
        Assert.Equal(current, File.ReadAllText(InCopy(path)));
    }

    [Fact]
    public void Run_SectionOfALibrary_IsKeptAsItIs()
    {
        const string Section = "\"Serilog\": { \"MinimumLevel\":   \"Debug\" }";
        File.WriteAllText(InCopy("etl.json"), $"{{ \"$schema\": \"x\", {Section} }}");

        Run();

        string written = File.ReadAllText(InCopy("etl.json"));
        Assert.StartsWith("{\n  \"$schema\": \"x\",\n  \"Etl\": {\n", written, StringComparison.Ordinal);
        Assert.EndsWith($"  }},\n  {Section}\n}}\n", written, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_DocumentWithoutMarkers_Throws()
    {
        File.WriteAllText(InCopy("docs/configuration.md"), "# Configuration\n");

        Assert.Throws<InvalidDataException>(() => Run("--check"));
    }

    [Fact]
    public void Run_UnknownArgument_PrintsTheUsage() =>
        Assert.Equal((2, "Usage: dotnet run --project tests/Etl.Reference [-- --check]\n"), Run("--chek"));

    public void Dispose() => _copy.Delete(recursive: true);

    private static GeneratedFile Find(string path) => GeneratedFile.All.Single(file => file.Path == path);

    private string InCopy(string path) => Path.Combine(_copy.FullName, path);

    private (int Code, string Output) Run(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        return (Etl.Reference.Program.Run(args, _copy.FullName, output), output.ToString());
    }
}
