using Etl.IntegrationTests.Commands;
using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Outputs;

/// <summary>Commands that are asked to write into a file that they read or keep.</summary>
public sealed class OutputCommandTests : IDisposable
{
    private readonly CatalogueFolder _folder = new();

    public OutputCommandTests() => DrawnCatalogue.Create(_folder.PathOf("."), movies: 3);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("report", "--out movies.db", "--out {0}/movies.db cannot be written: it is the database. Name another file.")]
    [InlineData("report", "--out movies.db-wal", "--out {0}/movies.db-wal cannot be written: it belongs to the database. Name another file.")]
    [InlineData("run", "--report movies.db", "--report {0}/movies.db cannot be written: it is the database. Name another file.")]
    [InlineData("run", "--backup movies.db-shm", "--backup {0}/movies.db-shm cannot be written: it belongs to the database. Name another file.")]
    [InlineData("run", "--backup movies.db", "--backup {0}/movies.db cannot be written: it is the database. Name another file.")]
    [InlineData(
        "run", "--report b.db --backup b.db", "--report {0}/b.db cannot be written: it belongs to the database of --backup. Name another file.")]
    [InlineData(
        "run", "--dry-run --report covers/x.jpg",
        "--report {0}/covers/x.jpg cannot be written: it is, or would be, a cover of Etl:Fetch:Locations {0}/covers/{{id}}.jpg. Name another file.")]
    public async Task Command_OutputIsInUse_IsRefusedInOneLineAndChangesNothing(string command, string options, string refusal)
    {
        Dictionary<string, byte[]> before = Files();

        int code = await RunAsync([command, .. options.Split(' ').Select(word => word.StartsWith('-') ? word : _folder.PathOf(word))]);

        Assert.Equal(2, code);
        Assert.Equal([$"etl: {string.Format(null, refusal, _folder.PathOf(""))}"], _folder.ErrorLines);
        Assert.Equal(before, Files());
    }

    [Theory]
    [InlineData("run")]
    [InlineData("report")]
    [InlineData("serve")]
    [InlineData("validate")]
    [InlineData("bench")]
    public async Task Command_LogIsTheDatabase_IsRefusedInOneLineAndChangesNothing(string command)
    {
        Dictionary<string, byte[]> before = Files();

        int code = await RunAsync(
            command, "--set", "Serilog:WriteTo:0:Name=File", "--set", $"Serilog:WriteTo:0:Args:path={_folder.Database}");

        Assert.Equal(2, code);
        Assert.Equal(
            [$"etl: Serilog:WriteTo:0:Args:path {_folder.Database} cannot be written: it is the database. Name another file."],
            _folder.ErrorLines);
        Assert.Equal(before, Files());
    }

    private Dictionary<string, byte[]> Files() =>
        Directory.EnumerateFiles(_folder.PathOf(""), "*", SearchOption.AllDirectories).ToDictionary(path => path, File.ReadAllBytes);

    private Task<int> RunAsync(params string[] args) =>
        _folder.RunAsync([.. args, "--set", $"Etl:Fetch:Locations:0={_folder.PathOf("covers/{id}.jpg")}"]);
}
