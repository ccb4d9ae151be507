using Etl.Host.Configuration;

namespace Etl.IntegrationTests.Configuration;

public sealed class ListTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_ListInTheFile_ReplacesTheDefault()
    {
        _folder.WithFile("etl.json", """{ "Etl": { "Fetch": { "Locations": ["/a/{id}", "/b/{id}"] } } }""");

        Assert.Equal(["/a/{id}", "/b/{id}"], _folder.Load().Options.Fetch.Locations);
    }

    [Fact]
    public void Load_OneEntryInTheEnvironment_ReplacesTheFilesList()
    {
        _folder
            .WithFile("etl.json", """{ "Etl": { "Fetch": { "Locations": ["/a/{id}", "/b/{id}", "/c/{id}"] } } }""")
            .WithVariable("Etl__Fetch__Locations__0", "/d/{id}");

        EtlConfiguration configuration = _folder.Load();

        Assert.Equal(["/d/{id}"], configuration.Options.Fetch.Locations);
        Assert.Equal("environment variable Etl__Fetch__Locations__0", configuration.OriginOf("Etl:Fetch:Locations:0"));
    }

    [Fact]
    public void Load_SingleValue_IsAListOfOne() =>
        Assert.Equal(["/d/{id}"], _folder.Load(null, "Etl:Fetch:Locations=/d/{id}").Options.Fetch.Locations);

    [Fact]
    public void Load_NumbersWithGaps_KeepTheirOrder() =>
        Assert.Equal(
            ["/two", "/ten"],
            _folder.Load(null, "Etl:Fetch:Locations:10=/ten", "Etl:Fetch:Locations:2=/two").Options.Fetch.Locations);

    [Theory]
    [InlineData("[]")]
    [InlineData("\"\"")]
    public void Load_EmptyList_IsRefused(string list)
    {
        _folder.WithFile("etl.json", $$"""{ "Etl": { "Fetch": { "Locations": {{list}} } } }""");

        Assert.Equal("Etl:Fetch:Locations must not be empty; found '' in etl.json", _folder.Refusal()[1]);
    }

    [Fact]
    public void Load_ListsOfOtherRoots_AreMergedKeyByKey()
    {
        _folder
            .WithFile("etl.json", """{ "Serilog": { "WriteTo": [{ "Name": "File", "Args": { "path": "/a" } }] } }""")
            .WithVariable("Serilog__WriteTo__0__Args__path", "/b");

        EtlConfiguration configuration = _folder.Load();

        Assert.Equal("File", configuration.Root["Serilog:WriteTo:0:Name"]);
        Assert.Equal("/b", configuration.Root["Serilog:WriteTo:0:Args:path"]);
    }
}
