using System.Text.Json;
using PaletteEtl.Catalogue.Sqlite;

namespace Etl.IntegrationTests.Commands;

public sealed class SimilarTests : IDisposable
{
    private const string Near = "[[1, 2, 4], [4, 5, 6]]";
    private const string Far = "[[250, 250, 250]]";
    private const string Triple = "[[0, 0, 0], [255, 255, 255], [255, 0, 0]]";

    private readonly CatalogueFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Similar_Movie_PrintsALineForItAndEachNearOne()
    {
        _folder.WithTable().WithMovie("0114709", CatalogueFolder.APalette).WithMovie("far", Far).WithMovie("near", Near);

        int code = await _folder.RunAsync("similar", "0114709");

        Assert.Equal(0, code);
        Assert.Equal(
            [
                "id       distance  palette",
                $"0114709            {CatalogueFolder.APalette}",
                $"near         0.54  {Near}",
                $"far         88.99  {Far}",
            ],
            _folder.OutputLines);
    }

    [Fact]
    public async Task Similar_OtherSettings_AreMarkedAndNamed()
    {
        _folder.WithTable().WithMovie("a", CatalogueFolder.APalette).WithMovie("near", Near).WithMovie("far", Far)
            .With("CREATE TABLE etl_settings (id INTEGER PRIMARY KEY, settings TEXT NOT NULL UNIQUE)")
            .With("CREATE TABLE etl_provenance (movie_id PRIMARY KEY, settings INTEGER NOT NULL, palette_hash INTEGER NOT NULL, "
                + "cover_hash BLOB, cover_size INTEGER, cover_mtime INTEGER, cover_etag TEXT, at INTEGER NOT NULL) WITHOUT ROWID")
            .With("INSERT INTO etl_settings VALUES (1, 'ColorThief/1'), (2, 'Oklab/1')")
            .With("INSERT INTO etl_provenance VALUES ('a', 1, $0, NULL, NULL, NULL, NULL, 0)", StoredPalette.HashOf(CatalogueFolder.APalette))
            .With("INSERT INTO etl_provenance VALUES ('near', 2, $0, NULL, NULL, NULL, NULL, 0)", StoredPalette.HashOf(Near))
            .With("INSERT INTO etl_provenance VALUES ('far', 2, 7, NULL, NULL, NULL, NULL, 0)"); // another program has replaced it

        await _folder.RunAsync("similar", "a");
        string[] lines = [.. _folder.OutputLines];
        await _folder.RunAsync("similar", "a", "--json");

        Assert.Equal(
            [
                $"near     *0.54  {Near}",
                $"far      88.99  {Far}",
                "* made with Oklab/1, not with ColorThief/1: 'etl run --stale settings' makes them alike",
            ],
            lines[2..]);
        Assert.Equal("ColorThief/1", _folder.Json.GetProperty("settings").GetString());
        JsonElement[] similar = [.. _folder.Json.GetProperty("items").EnumerateArray()];
        Assert.Equal("Oklab/1", similar[0].GetProperty("otherSettings").GetString());
        Assert.False(similar[1].TryGetProperty("otherSettings", out _));
    }

    [Fact]
    public async Task Similar_Count_BoundsTheMovies()
    {
        _folder.WithTable();
        for (int i = 0; i < 10; i++)
        {
            _folder.WithMovie($"{i}", CatalogueFolder.APalette);
        }

        await _folder.RunAsync("similar", "0");
        int byDefault = _folder.OutputLines.Count() - 2;
        await _folder.RunAsync("similar", "0", "--count", "3");

        Assert.Equal((6, 3), (byDefault, _folder.OutputLines.Count() - 2));
    }

    [Fact]
    public async Task Similar_Json_IsOneObject()
    {
        _folder.WithTable("id, palette_json").WithMovie(7L, CatalogueFolder.APalette).WithMovie(8L, Near).WithMovie("x", Far);

        int code = await _folder.RunAsync("similar", "7", "--json", "--count", "2");

        Assert.Equal(0, code);
        Assert.Equal("7", _folder.Json.GetProperty("id").GetString());
        Assert.Equal("[[1,2,3],[4,5,6]]", _folder.Json.GetProperty("palette").GetRawText());
        JsonElement[] similar = [.. _folder.Json.GetProperty("items").EnumerateArray()];
        Assert.Equal(["\"8\"", "\"x\""], similar.Select(movie => movie.GetProperty("id").GetRawText()));
        Assert.Equal("[[1,2,4],[4,5,6]]", similar[0].GetProperty("palette").GetRawText());
        Assert.InRange(similar[0].GetProperty("distance").GetDouble(), 0.1, 1);
    }

    [Theory]
    [InlineData("9", "etl: no movie has the id 9.")]
    [InlineData("a\nb", "etl: no movie has the id a\uFFFDb.")]
    [InlineData("empty", "etl: the movie empty has no palette to compare: it is missing, or not a list of 1 to 20 colours.")]
    [InlineData("odd", "etl: the movie odd has no palette to compare: it is missing, or not a list of 1 to 20 colours.")]
    public async Task Similar_NothingToCompare_IsOneLineAndExitCode1(string id, string line)
    {
        _folder.WithTable().WithMovie("empty", "").WithMovie("odd", "[[1, 2]]").WithMovie("near", Near);

        int code = await _folder.RunAsync("similar", id);

        Assert.Equal(1, code);
        Assert.Empty(_folder.Output);
        Assert.Equal([line], _folder.ErrorLines);
    }

    [Theory]
    [InlineData("@1", "@1")]
    [InlineData("-5", "-5")]
    [InlineData("--x", "--", "--x")]
    public async Task Similar_IdOfAnySigns_IsThatOfTheMovie(string id, params string[] args)
    {
        _folder.WithTable().WithMovie(id, CatalogueFolder.APalette);

        int code = await _folder.RunBareAsync(["similar", "--set", $"Etl:Query:Database={_folder.Database}", .. args]);

        Assert.Equal(0, code);
        Assert.StartsWith(id, _folder.OutputLines.ElementAt(1));
    }

    [Fact]
    public async Task Similar_SameColoursInOtherProportions_AreFar()
    {
        WithShares("black", "[0.8, 0.1, 0.1]").WithMovie("none", Triple);
        WithShares("white", "[0.1, 0.8, 0.1]");
        WithShares("black too", "[0.78, 0.11, 0.11]");

        await _folder.RunAsync("similar", "black", "--json", "--set", "Etl:Columns:Population=population");
        JsonElement[] items = [.. _folder.Json.GetProperty("items").EnumerateArray()];
        await _folder.RunAsync("similar", "black", "--json");

        Assert.Equal(["black too", "none", "white"], items.Select(static item => item.GetProperty("id").GetString()));
        Assert.InRange(items[0].GetProperty("distance").GetDouble(), 0.5, 3);
        Assert.Equal(70, items[2].GetProperty("distance").GetDouble(), 0.01);
        Assert.Equal("[0.1,0.8,0.1]", items[2].GetProperty("population").GetRawText());
        Assert.False(items[1].TryGetProperty("population", out _));
        Assert.All(_folder.Json.GetProperty("items").EnumerateArray(), static item => Assert.Equal(0, item.GetProperty("distance").GetDouble()));
    }

    [Fact]
    public async Task Similar_Colours_AreComparedWithTheirShares()
    {
        WithShares("black", "[0.8, 0.1, 0.1]");
        WithShares("red", "[0.1, 0.1, 0.8]");

        int code = await _folder.RunAsync("similar", "--like", "#f00:75%,#000", "--set", "Etl:Columns:Population=population");
        string[] lines = [.. _folder.OutputLines];
        await _folder.RunAsync("similar", "--like", "#f00:75%,#000", "--json");

        Assert.Equal(0, code);
        Assert.Equal(["colours            [[255, 0, 0], [0, 0, 0]]", "red", "black"], [lines[1], .. lines[2..].Select(static line => line.Split(' ')[0])]);
        Assert.Equal(JsonValueKind.Null, _folder.Json.GetProperty("id").ValueKind);
        Assert.Equal("[0.75,0.25]", _folder.Json.GetProperty("population").GetRawText());
    }

    [Theory]
    [InlineData("Oklab")]
    [InlineData("ColorThief")]
    public async Task Similar_Image_IsAtDistanceZeroFromItsOwnMovie(string algorithm)
    {
        File.WriteAllBytes(_folder.PathOf("poster.png"), Posters.Png());
        await _folder.RunBareAsync("palette", _folder.PathOf("poster.png"), "--json", "--algorithm", algorithm);
        JsonElement image = _folder.Json[0];
        _folder.WithTable("id, palette_json, population").WithMovie("far", Far)
            .With("INSERT INTO movies VALUES ('own', $0, $1)", image.GetProperty("palette").GetRawText(), image.GetProperty("columns").GetProperty("population").GetRawText());

        string[] configuration = ["--set", $"Etl:Quantize:Algorithm={algorithm}"];
        int code = await _folder.RunAsync(["similar", "--image", _folder.PathOf("poster.png"), "--json", .. configuration]);
        JsonElement byPlace = _folder.Json;
        await _folder.RunAsync(["similar", "--image", _folder.PathOf("poster.png"), "--json", "--set", "Etl:Columns:Population=population", .. configuration]);

        Assert.Equal(0, code);
        Assert.All([byPlace, _folder.Json], static found => Assert.Equal(
            ("own", 0), (found.GetProperty("items")[0].GetProperty("id").GetString(), found.GetProperty("items")[0].GetProperty("distance").GetDouble())));
        Assert.True(_folder.Json.TryGetProperty("population", out _));
        Assert.False(byPlace.TryGetProperty("population", out _));
    }

    [Fact]
    public async Task Similar_ImageWithoutAPalette_IsOneLineAndExitCode1()
    {
        _folder.WithTable();

        int code = await _folder.RunAsync("similar", "--image", "none.png");

        Assert.Equal(1, code);
        Assert.Equal(["etl: the image none.png has no palette: There is no such file."], _folder.ErrorLines);
    }

    [Theory]
    [InlineData("similar")]
    [InlineData("similar", "1", "--like", "#fff")]
    [InlineData("similar", "1", "--image", "poster.png")]
    [InlineData("similar", "--image", "poster.png", "--like", "#fff")]
    [InlineData("similar", "--like", "white")]
    [InlineData("similar", "--like", "#fff:50%")]
    [InlineData("similar", "--like")]
    [InlineData("similar", "--image")]
    [InlineData("similar", "1", "2")]
    [InlineData("similar", "1", "--count", "0")]
    [InlineData("similar", "1", "--count", "1001")]
    public async Task Similar_CommandLineThatIsNone_IsRefused(params string[] args)
    {
        _folder.WithTable();

        Assert.Equal(2, await _folder.RunAsync(args));
        Assert.Contains("See 'etl similar --help'.", _folder.ErrorLines);
    }

    private CatalogueFolder WithShares(string id, string shares) => _folder
        .With("CREATE TABLE IF NOT EXISTS movies (id, palette_json, population)")
        .With("INSERT INTO movies VALUES ($0, $1, $2)", id, Triple, shares);
}
