using Etl.Host.Configuration;

namespace Etl.IntegrationTests.Configuration;

public sealed class FileTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_FileThatIsNotThere_IsRefusedInOneLine()
    {
        string[] lines = _folder.Refusal("conf/none.json");

        Assert.Equal([$"The configuration file {_folder.PathOf("conf", "none.json")} does not exist."], lines);
    }

    [Fact]
    public void Load_FileOfAnyName_IsChecked()
    {
        _folder.WithFile("default", """{ "Etl": { "Write": { "BatchSize": 0 } } }""");

        Assert.StartsWith("Etl:Write:BatchSize must be", _folder.Refusal("default")[^1]);
    }

    [Fact]
    public void Load_Folder_IsRefusedInOneLine() =>
        Assert.StartsWith(
            $"The configuration file {_folder.Path} cannot be read: ", Assert.Single(_folder.Refusal(_folder.Path)));

    [Fact]
    public void Load_MalformedJson_IsRefusedWithFileLineAndReason()
    {
        _folder.WithFile("etl.json", """
            {
              "Etl": { "Write": { "BatchSize": 1 2 } }
            }
            """);

        string line = Assert.Single(_folder.Refusal());

        Assert.StartsWith($"{_folder.PathOf("etl.json")}, line 2: '2' is invalid", line);
        Assert.DoesNotContain("LineNumber", line);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    public void Load_NoObject_IsRefusedInOneLine(string text)
    {
        _folder.WithFile("etl.json", text);

        Assert.StartsWith($"{_folder.PathOf("etl.json")}, line 1: ", Assert.Single(_folder.Refusal()));
    }

    [Fact]
    public void Load_KeyGivenTwice_IsRefused()
    {
        _folder.WithFile("etl.json", """{ "Etl": { "Write": { "BatchSize": 1 }, "write": { "batchsize": 2 } } }""");

        Assert.Contains("Etl:Write:BatchSize is set twice: ", Assert.Single(_folder.Refusal()));
    }

    [Fact]
    public void Load_SchemaCommentsAndTrailingCommas_AreAllowed()
    {
        _folder.WithFile("etl.json", """
            {
              "$schema": "config/etl.schema.json",
              "Etl": { "Write": { "BatchSize": "64" /* a text will do */ }, }, // the end
            }
            """);

        EtlConfiguration configuration = _folder.Load();

        Assert.Equal(64, configuration.Options.Write.BatchSize);
    }

    [Theory]
    [InlineData("Etl:Write:BatchSize")]
    [InlineData("=64")]
    [InlineData("")]
    public void Load_SettingWithoutKeyOrValue_IsRefusedInOneLine(string setting) =>
        Assert.Equal(
            [$"--set '{setting}' is not KEY=VALUE, such as --set Etl:Write:BatchSize=64"],
            _folder.Refusal(null, setting));
}
