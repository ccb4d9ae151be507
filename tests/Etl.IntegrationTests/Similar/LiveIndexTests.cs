using Etl.Host.Similar;
using Etl.IntegrationTests.Commands;
using Microsoft.Extensions.Time.Testing;
using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Hosting;
using PaletteEtl.Palettes;

namespace Etl.IntegrationTests.Similar;

public sealed class LiveIndexTests : IDisposable
{
    private readonly CatalogueFolder _folder = new CatalogueFolder().WithTable().WithMovie("1", CatalogueFolder.APalette);
    private readonly FakeTimeProvider _clock = new();
    private readonly LiveIndex _index;

    public LiveIndexTests() =>
        _index = new LiveIndex(new SqliteCatalogue(new EtlOptions { Query = { Database = _folder.Database } }.Catalogue), _clock);

    public void Dispose()
    {
        _index.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task GetAsync_SeveralRequests_GetOneIndex()
    {
        PaletteIndex[] indexes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _index.GetAsync())).WaitAsync(TestTimeout);

        Assert.Equal("1", indexes[0].Find("1")?.Id.Text);
        Assert.Single(indexes.Distinct());
    }

    [Theory]
    [InlineData("INSERT INTO movies (id, palette_json) VALUES ('2', '[[1, 2, 3]]')", 2)]
    [InlineData("UPDATE movies SET palette_json = '[[1, 2, 3]]'; INSERT INTO movies (id) VALUES ('3')", 1)]
    [InlineData("DELETE FROM movies", 0)]
    public async Task GetAsync_AnotherProgramChangesTheCatalogue_FollowsIt(string sql, int palettes)
    {
        PaletteIndex earlier = await _index.GetAsync().WaitAsync(TestTimeout);
        _folder.With(sql);

        PaletteIndex index = earlier;
        await Eventually.Holds(async () =>
        {
            _clock.Advance(LiveIndex.PollInterval);
            index = await _index.GetAsync();
            return index != earlier;
        });

        Assert.Equal(palettes, index.Count);
        Assert.All(
            _folder.Query("SELECT palette_json FROM movies WHERE palette_json <> '' ORDER BY rowid LIMIT 1"),
            palette => Assert.Equal(palette, index.Find("1")?.Palette.ToJson()));
    }

    [Fact]
    public async Task GetAsync_AfterALongPause_BuildsAnother()
    {
        PaletteIndex earlier = await _index.GetAsync().WaitAsync(TestTimeout);

        await Eventually.Holds(async () =>
        {
            _clock.Advance(LiveIndex.IdleTime + LiveIndex.PollInterval);
            return await _index.GetAsync() != earlier;
        });
    }

    [Fact]
    public async Task GetAsync_CatalogueThatCannotBeRead_ThrowsUntilItCan()
    {
        File.Move(_folder.Database, _folder.PathOf("moved"));

        await Assert.ThrowsAsync<CatalogueException>(_index.GetAsync);
        File.Move(_folder.PathOf("moved"), _folder.Database);

        Assert.Equal(1, (await _index.GetAsync().WaitAsync(TestTimeout)).Count);
    }

    [Fact]
    public async Task GetAsync_CatalogueIsReplaced_ReadsTheOther()
    {
        await _index.GetAsync().WaitAsync(TestTimeout);
        using CatalogueFolder other = new CatalogueFolder().WithTable().WithMovie("other", CatalogueFolder.APalette);
        File.Move(other.Database, _folder.Database, overwrite: true);

        await Eventually.Holds(async () =>
        {
            _clock.Advance(LiveIndex.PollInterval);
            return (await _index.GetAsync()).Find("other") is not null;
        });
    }

    [Fact]
    public async Task GetAsync_Disposed_Throws()
    {
        _index.Dispose();

        await Assert.ThrowsAsync<CatalogueException>(_index.GetAsync);
    }
}
