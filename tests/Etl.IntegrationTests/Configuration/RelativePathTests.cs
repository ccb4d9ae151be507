using Etl.Host.Configuration;

namespace Etl.IntegrationTests.Configuration;

public sealed class RelativePathTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_PathsInAFile_AreSeenFromItsFolder()
    {
        _folder.WithFile("conf/etl.json", """
            {
              "Etl": { "Query": { "Database": "m.db" }, "Fetch": { "Locations": ["c/{id:D7}.jpg", "../d/{id}.png"] } },
              "Serilog": { "WriteTo": [{ "Name": "File", "Args": { "path": "logs/etl.txt" } }] }
            }
            """);

        EtlConfiguration configuration = _folder.Load("conf/etl.json");

        Assert.Equal(_folder.PathOf("conf", "m.db"), configuration.Options.Query.Database);
        Assert.Equal(
            [_folder.PathOf("conf", "c", "{id:D7}.jpg"), _folder.PathOf("d", "{id}.png")],
            configuration.Options.Fetch.Locations);
        Assert.Equal(_folder.PathOf("conf", "logs", "etl.txt"), configuration.Root["Serilog:WriteTo:0:Args:path"]);
    }

    [Fact]
    public void Load_PathsFromElsewhere_AreSeenFromTheCurrentFolder()
    {
        _folder.WithFile("conf/etl.json", "{}").WithVariable("Etl__Query__Database", "m.db");

        EtlConfiguration configuration = _folder.Load(
            "conf/etl.json", "Etl:Fetch:Locations:0=c/{id}.jpg", "Serilog:WriteTo:0:Args:path=etl.txt");

        Assert.Equal(_folder.PathOf("m.db"), configuration.Options.Query.Database);
        Assert.Equal([_folder.PathOf("c", "{id}.jpg")], configuration.Options.Fetch.Locations);
        Assert.Equal(_folder.PathOf("etl.txt"), configuration.Root["Serilog:WriteTo:0:Args:path"]);
    }

    [Fact]
    public void Load_DefaultPaths_AreSeenFromTheCurrentFolder()
    {
        EtlConfiguration configuration = _folder.Load();

        Assert.Equal(_folder.PathOf("data", "movies.db"), configuration.Options.Query.Database);
        Assert.Equal([_folder.PathOf("data", "covers", "{id}.jpg")], configuration.Options.Fetch.Locations);
    }

    [Theory]
    [InlineData("https://example.org/{id}.jpg")]
    [InlineData("HTTP://example.org/{id}.jpg")]
    [InlineData("/covers/{id}.jpg")]
    public void Load_UrlOrAbsolutePath_StaysAsItIs(string location) =>
        Assert.Equal([location], _folder.Load(null, $"Etl:Fetch:Locations={location}").Options.Fetch.Locations);

    [Fact]
    public void Load_NamesThatAreNoPaths_StayAsTheyAre() =>
        Assert.Equal("films", _folder.Load(null, "Etl:Query:Table=films").Options.Query.Table);

    [Fact]
    public void Load_LogPathThatBeginsWithAVariable_StaysAsItIs() =>
        Assert.Equal(
            "%TEMP%/etl.txt",
            _folder.Load(null, "Serilog:WriteTo:0:Args:path=%TEMP%/etl.txt").Root["Serilog:WriteTo:0:Args:path"]);
}
