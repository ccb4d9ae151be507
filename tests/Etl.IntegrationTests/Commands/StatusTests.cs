namespace Etl.IntegrationTests.Commands;

public sealed class StatusTests : IDisposable
{
    private readonly CatalogueFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Status_NoDeadLetterTable_CountsMovies()
    {
        _folder.WithTable().WithMovie("1", null).WithMovie("2", "").WithMovie("3", CatalogueFolder.APalette);

        int code = await _folder.RunAsync("status");

        Assert.Equal(0, code);
        Assert.Equal(
            [$"movies in {_folder.Database}", "movies 3", "missing 2", "done 1", "dead letters 0"],
            _folder.OutputLines.Select(SingleSpaced));
        Assert.Empty(_folder.Errors);
    }

    [Fact]
    public async Task Status_DeadLetters_CountsThemByReasonMostFrequentFirst()
    {
        _folder.WithTable().WithDeadLetters()
            .WithDeadLetter("1", "corrupt").WithDeadLetter("2", "not_found").WithDeadLetter(null, "not_found");

        await _folder.RunAsync("status");

        Assert.Equal(["dead letters 3", "not_found 2", "corrupt 1"], _folder.OutputLines.Skip(4).Select(SingleSpaced));
    }

    [Fact]
    public async Task Status_Json_NamesEveryCount()
    {
        _folder.WithTable().WithMovie("1", null).WithMovie("2", CatalogueFolder.APalette)
            .WithDeadLetters().WithDeadLetter("1", "corrupt");

        await _folder.RunAsync("status", "--json");

        Assert.Equal(2, _folder.Json.GetProperty("movies").GetInt64());
        Assert.Equal(1, _folder.Json.GetProperty("missing").GetInt64());
        Assert.Equal(1, _folder.Json.GetProperty("done").GetInt64());
        Assert.Equal(1, _folder.Json.GetProperty("deadLetters").GetInt64());
        Assert.Equal(1, _folder.Json.GetProperty("reasons")[0].GetProperty("count").GetInt64());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(1_000)]
    public async Task Status_AnyPageSize_CountsEveryRowOnce(int pageSize)
    {
        _folder.WithTable("a TEXT, b INTEGER, id TEXT, palette_json TEXT, PRIMARY KEY (a, b)", "WITHOUT ROWID");
        for (int i = 0; i < 10; i++)
        {
            _folder.With("INSERT INTO movies VALUES ($0, $1, $1, $2)", $"{i % 2}", i, i < 4 ? "" : CatalogueFolder.APalette);
        }

        await _folder.RunAsync("status", "--json", "--set", $"Etl:Query:PageSize={pageSize}");

        Assert.Equal(10, _folder.Json.GetProperty("movies").GetInt64());
        Assert.Equal(4, _folder.Json.GetProperty("missing").GetInt64());
    }

    [Fact]
    public async Task Status_Always_ChangesNothing()
    {
        _folder.WithTable().WithMovie("1", null);
        byte[] before = await File.ReadAllBytesAsync(_folder.Database, TestContext.Current.CancellationToken);

        await _folder.RunAsync("status");

        Assert.Equal(before, await File.ReadAllBytesAsync(_folder.Database, TestContext.Current.CancellationToken));
    }

    private static string SingleSpaced(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
