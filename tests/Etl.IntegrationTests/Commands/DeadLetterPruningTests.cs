namespace Etl.IntegrationTests.Commands;

public sealed class DeadLetterPruningTests : IDisposable
{
    private readonly CatalogueFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Prune_SomeMoviesGone_DeletesTheirsOnly()
    {
        _folder.WithTable().WithMovie("1", null).WithMovie("2", CatalogueFolder.APalette).WithDeadLetters()
            .WithDeadLetter("1", "corrupt").WithDeadLetter("2", "corrupt")
            .WithDeadLetter("3", "corrupt").WithDeadLetter("4", "empty");

        int code = await _folder.RunAsync("dead-letters", "--prune");

        Assert.Equal(0, code);
        Assert.Equal(["Deleted 2 dead letters of movies that no longer exist."], _folder.OutputLines);
        Assert.Equal(["'1'", "'2'"], Remaining());
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
