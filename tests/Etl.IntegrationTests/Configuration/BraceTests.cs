using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Configuration;

/// <summary>Folders whose names have the characters of a location's placeholders.</summary>
public sealed class BraceTests : IDisposable
{
    private readonly TestCatalogue _catalogue = new(movies: 10);

    public void Dispose() => _catalogue.Dispose();

    [Theory]
    [InlineData("Heat (1995) {tmdb-949}")]
    [InlineData("{id}")]
    [InlineData("{{id:D7}}")]
    [InlineData("a}b [red]")]
    public async Task Run_InAFolder_FindsTheCovers(string name)
    {
        string folder = Directory.CreateDirectory(_catalogue.PathOf(name)).FullName;
        File.Move(_catalogue.PathOf("movies.db"), Path.Combine(folder, "movies.db"));
        Directory.Move(_catalogue.PathOf("covers"), Path.Combine(folder, "covers"));
        await File.WriteAllTextAsync(
            Path.Combine(folder, "etl.json"), """{ "Etl": { "Query": { "Database": "movies.db" }, "Fetch": { "Locations": ["covers/{id}.jpg"] } } }""");

        EtlOutput run = await EtlProcess.RunAsync(folder, "run", "--quiet");
        EtlOutput refused = await EtlProcess.RunAsync(folder, "report", "--out", "covers/1.jpg");
        EtlOutput elsewhere = await EtlCommand.RunAsync("run", "--quiet", "--config", Path.Combine(folder, "etl.json"));

        Assert.Equal((3, 3), (run.ExitCode, elsewhere.ExitCode));
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("it is, or would be, a cover of Etl:Fetch:Locations", refused.Errors, StringComparison.Ordinal);
    }
}
