namespace Etl.IntegrationTests.Commands;

public sealed class DeadLetterPruningTests : IDisposable
{
    private readonly CatalogueFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    public async Task Prune_SomeMoviesGone_DeletesTheirsOnly(int pageSize)
    {
        _folder.WithTable().WithMovie("1", null).WithMovie("2", CatalogueFolder.APalette).WithDeadLetters()
            .WithDeadLetter("1", "corrupt").WithDeadLetter("2", "corrupt")
            .WithDeadLetter("3", "corrupt").WithDeadLetter("4", "empty");

        int code = await _folder.RunAsync("dead-letters", "--prune", "--set", $"Etl:Query:PageSize={pageSize}");

        Assert.Equal(0, code);
        Assert.Equal(["Deleted 2 dead letters whose movie is gone."], _folder.OutputLines);
        Assert.Equal(["'1'", "'2'"], Remaining());
    }

    [Fact]
    public async Task Prune_IdOfAnotherType_IsAnotherMovie()
    {
        _folder.WithTable("id, palette_json").WithMovie("7", null).WithMovie(8, null).WithDeadLetters()
            .WithDeadLetter(7, "corrupt").WithDeadLetter("7", "corrupt")
            .WithDeadLetter(8, "corrupt").WithDeadLetter("8", "corrupt");

        await _folder.RunAsync("dead-letters", "--prune");

        Assert.Equal(["'7'", "8"], Remaining());
    }

    [Theory]
    [InlineData("id INTEGER, palette_json TEXT")]
    [InlineData("id TEXT COLLATE NOCASE, palette_json TEXT")]
    [InlineData("id TEXT PRIMARY KEY, palette_json TEXT", "WITHOUT ROWID")]
    [InlineData("id INTEGER PRIMARY KEY, palette_json TEXT")]
    public async Task Prune_MoviesStillThere_DeletesNothing(string columns, string suffix = "")
    {
        _folder.WithTable(columns, suffix).WithMovie(322259, null).WithDeadLetters()
            .With("INSERT INTO etl_dead_letters SELECT id, 'fetch', 'empty', 'm', 1, 't', 't', NULL, NULL, NULL FROM movies");

        await _folder.RunAsync("dead-letters", "--prune");

        Assert.Equal(["Deleted 0 dead letters whose movie is gone."], _folder.OutputLines);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Prune_NullId_StaysWhileSuchAMovieIsThere(bool isThere)
    {
        _folder.WithTable().WithMovie(isThere ? null : "1", null).WithDeadLetters().WithDeadLetter(null, "invalid_id");

        await _folder.RunAsync("dead-letters", "--prune");

        Assert.Equal(isThere ? ["NULL"] : [], Remaining());
    }

    [Fact]
    public async Task Prune_Reason_LeavesOthers()
    {
        _folder.WithTable().WithDeadLetters().WithDeadLetter("1", "corrupt").WithDeadLetter("2", "empty");

        await _folder.RunAsync("dead-letters", "--prune", "--reason", "empty");

        Assert.Equal(["'1'"], Remaining());
    }

    private string[] Remaining() => _folder.Query("SELECT quote(movie_id) FROM etl_dead_letters ORDER BY rowid");
}
