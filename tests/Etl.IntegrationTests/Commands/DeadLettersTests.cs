using System.Text.Json;

namespace Etl.IntegrationTests.Commands;

public sealed class DeadLettersTests : IDisposable
{
    private readonly CatalogueFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("dead-letters", "There are no dead letters.")]
    [InlineData("dead-letters --json", "[]")]
    [InlineData("dead-letters --retry", "The next run retries 0 dead letters.")]
    [InlineData("dead-letters --prune", "Deleted 0 dead letters of movies that no longer exist.")]
    public async Task DeadLetters_NoTable_SaysThereAreNone(string command, string said)
    {
        _folder.WithTable();

        int code = await _folder.RunAsync(command.Split(' '));

        Assert.Equal(0, code);
        Assert.Equal([said], _folder.OutputLines);
        Assert.Equal(["movies"], _folder.Query("SELECT name FROM sqlite_schema"));
    }

    [Fact]
    public async Task DeadLetters_Text_PrintsALineEach()
    {
        _folder.WithTable().WithDeadLetters()
            .WithDeadLetter("0114709", "corrupt").WithDeadLetter(null, "invalid_id", "two\nlines\u001b[2J");

        await _folder.RunAsync("dead-letters");

        Assert.Equal(
            [
                "id            stage     reason              attempts  last at               message",
                "0114709       fetch     corrupt                    2  2026-02-01T12:00:00Z  It failed.",
                "NULL          fetch     invalid_id                 2  2026-02-01T12:00:00Z  two\uFFFDlines\uFFFD[2J",
            ],
            _folder.OutputLines);
    }

    [Fact]
    public async Task DeadLetters_Json_HasIdsAsText()
    {
        _folder.WithTable().WithDeadLetters()
            .WithDeadLetter(322259, "corrupt").WithDeadLetter("0114709", "corrupt").WithDeadLetter(null, "invalid_id");

        await _folder.RunAsync("dead-letters", "--json");

        JsonElement[] letters = [.. _folder.Json.EnumerateArray()];
        Assert.Equal(["\"322259\"", "\"0114709\"", "null"], letters.Select(letter => letter.GetProperty("id").GetRawText()));
        Assert.Equal(
            [
                "key", "id", "stage", "reason", "message", "attempts", "firstAt", "lastAt",
                "coverBytes", "coverModifiedAt", "coverEtag",
            ],
            letters[0].EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public async Task DeadLetters_MoreThanAPage_PrintsEachOnce()
    {
        _folder.WithTable().WithDeadLetters().With(
            """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)
            INSERT INTO etl_dead_letters SELECT i, 'fetch', 'not_found', 'm', 1, 't', 't', NULL, NULL, NULL FROM n
            """);

        await _folder.RunAsync("dead-letters", "--json");

        Assert.Equal(
            Enumerable.Range(1, 2500).Select(id => $"{id}"),
            _folder.Json.EnumerateArray().Select(letter => letter.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task DeadLetters_RowThatCannotBeReadAmongOthersAsJson_EndsTheArray()
    {
        _folder.WithTable().With(
            """
            CREATE TABLE etl_dead_letters (movie_id, stage, reason, message, attempts, first_at, last_at, cover_size, cover_mtime, cover_etag);
            CREATE TABLE etl_schema (version INTEGER NOT NULL);
            INSERT INTO etl_schema VALUES (1);
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)
            INSERT INTO etl_dead_letters SELECT i, 'fetch', 'not_found', iif(i < 1500, 'm', NULL), 1, 't', 't', NULL, NULL, NULL FROM n
            """);

        int code = await _folder.RunAsync("dead-letters", "--json");

        Assert.Equal((1, 1_000), (code, _folder.Json.GetArrayLength())); // the page of the row is not printed
    }

    [Fact]
    public async Task DeadLetters_NoDatabaseAsJson_PrintsNothing()
    {
        int code = await _folder.RunAsync("dead-letters", "--json");

        Assert.Equal((1, ""), (code, _folder.Output));
    }

    [Fact]
    public async Task DeadLetters_Reason_PrintsOnlyThose()
    {
        _folder.WithTable().WithDeadLetters().WithDeadLetter("1", "corrupt").WithDeadLetter("2", "empty");

        await _folder.RunAsync("dead-letters", "--reason", "empty", "--json");

        Assert.Equal("2", Assert.Single(_folder.Json.EnumerateArray()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task DeadLetters_UnknownReason_IsRefused()
    {
        int code = await _folder.RunAsync("dead-letters", "--reason", "bad_luck");

        Assert.Equal(2, code);
        Assert.Contains("not_found", _folder.Errors);
    }

    [Fact]
    public async Task DeadLetters_Retry_HasTheNextRunTryAgain()
    {
        _folder.WithTable().WithDeadLetters().WithDeadLetter("1", "corrupt").WithDeadLetter("2", "empty");

        int code = await _folder.RunAsync("dead-letters", "--retry", "--reason", "corrupt");

        Assert.Equal(0, code);
        Assert.Equal(["The next run retries 1 dead letter."], _folder.OutputLines);
        Assert.Equal(["1"], _folder.Query("SELECT movie_id FROM etl_dead_letters WHERE attempts = 0"));
    }

    [Fact]
    public async Task DeadLetters_PruneAndRetryAsJson_CountsBoth()
    {
        _folder.WithTable().WithMovie("1", null).WithDeadLetters().WithDeadLetter("1", "corrupt").WithDeadLetter("2", "corrupt");

        await _folder.RunAsync("dead-letters", "--retry", "--prune", "--json");

        Assert.Equal(["""{"pruned":1,"retried":1}"""], _folder.OutputLines);
    }
}
