namespace Etl.IntegrationTests.Commands;

public sealed class UnusableCatalogueTests : IDisposable
{
    private readonly CatalogueFolder _folder = new();

    public static TheoryData<string> Commands => ["status", "reset --all --yes", "dead-letters", "dead-letters --json", "dead-letters --prune --retry"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Command_NoDatabase_EndsWithOneAndOneLine(string command)
    {
        int code = await _folder.RunAsync(command.Split(' '));

        AssertOneLine(code, "does not exist. Set Etl:Query:Database.");
        Assert.False(File.Exists(_folder.Database));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Command_NoTable_EndsWithOneAndOneLine(string command)
    {
        _folder.With("CREATE TABLE films (id, palette_json)");

        int code = await _folder.RunAsync(command.Split(' '));

        AssertOneLine(code, "has no table movies");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Command_NoColumn_EndsWithOneAndOneLine(string command)
    {
        _folder.WithTable("id TEXT, palette TEXT");

        int code = await _folder.RunAsync(command.Split(' '));

        AssertOneLine(code, "has no column palette_json");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Command_NotADatabase_EndsWithOneAndOneLine(string command)
    {
        await File.WriteAllTextAsync(_folder.Database, new string('x', 4_096), TestContext.Current.CancellationToken);

        int code = await _folder.RunAsync(command.Split(' '));

        AssertOneLine(code, "is not a SQLite database");
    }

    private void AssertOneLine(int code, string said)
    {
        Assert.Equal(1, code);
        Assert.Empty(_folder.Output);
        Assert.StartsWith("etl: ", Assert.Single(_folder.ErrorLines));
        Assert.Contains(said, _folder.Errors);
    }
}
