namespace Etl.IntegrationTests.Commands;

public sealed class IndexTests : IDisposable
{
    private readonly CatalogueFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Index_Catalogue_CreatesItOnceAndSaysSo()
    {
        _folder.WithTable().WithMovie("1", null).WithMovie("2", "").WithMovie("3", CatalogueFolder.APalette);

        int code = await _folder.RunAsync("index");
        string created = _folder.Output;
        int again = await _folder.RunAsync("index");

        Assert.Equal((0, 0), (code, again));
        Assert.Matches(@"movies\.db: created the index etl_missing_movies in \d+\.\d\d s\.\s*$", created);
        Assert.Equal([$"{_folder.Database}: the index etl_missing_movies already exists."], _folder.OutputLines);
        Assert.Equal(["etl_missing_movies"], Indexes());
    }

    [Fact]
    public async Task Index_Drop_DropsItOnceAndSaysSo()
    {
        _folder.WithTable();
        await _folder.RunAsync("index");

        int code = await _folder.RunAsync("index", "--drop");
        string dropped = _folder.Output;
        int again = await _folder.RunAsync("index", "--drop");

        Assert.Equal((0, 0), (code, again));
        Assert.Matches(@"movies\.db: dropped the index etl_missing_movies in \d+\.\d\d s\.\s*$", dropped);
        Assert.Equal([$"{_folder.Database}: the index etl_missing_movies does not exist."], _folder.OutputLines);
        Assert.Empty(Indexes());
    }

    [Fact]
    public async Task Index_NameTakenByATable_SaysSo()
    {
        _folder.WithTable().With("CREATE TABLE etl_missing_movies (x)");

        int code = await _folder.RunAsync("index");

        Assert.Equal(1, code);
        Assert.Contains("etl_missing_movies", Assert.Single(_folder.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Index_OtherCommands_NeverCreateIt()
    {
        _folder.WithTable().WithMovie("1", null);

        await _folder.RunAsync("status");
        await _folder.RunAsync("run", "--quiet", "--set", $"Etl:Fetch:Locations:0={_folder.PathOf("{id}.jpg")}");

        Assert.DoesNotContain("etl_missing_movies", Indexes());
    }

    private string[] Indexes() => _folder.Query("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql NOT NULL");
}
