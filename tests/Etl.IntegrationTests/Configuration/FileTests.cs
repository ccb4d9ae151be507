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

    [Theory]
    [InlineData("{\n  \"Etl\": { \"Write\": { \"BatchSize\": 1 2 } }\n}", 2, 38, "a comma, or the } or ] that closes")]
    [InlineData("{ \"Äöü\": 1 \"Etl\": {} }", 1, 12, "a comma, or the } or ] that closes")]
    [InlineData("{ Etl: {} }", 1, 3, "a key in double quotes")]
    [InlineData("{ 'Etl': {} }", 1, 3, "a key in double quotes")]
    [InlineData("{\n\"Etl\" {}\n}", 2, 7, "a colon")]
    [InlineData("{ \"Etl\": }", 1, 10, "a value is expected")]
    [InlineData("{ \"Etl\": yes }", 1, 10, "a value is expected")]
    [InlineData("{ \"Etl\": True }", 1, 10, "a value is expected")]
    [InlineData("{ \"Etl\": nul }", 1, 13, "a value is expected")]
    [InlineData("{ \"Etl\": {", 1, 11, "add the missing } or ]")]
    [InlineData("{ \"Etl\": {} } }", 1, 15, "nothing may follow the last }")]
    [InlineData("{ \"Etl\": [ } }", 1, 12, "a value is expected")]
    [InlineData("{ \"Etl\": \"C:\\covers\" }", 1, 14, "a \\ in a text is written \\\\")]
    [InlineData("{ \"Etl\": \"abc\n }", 1, 14, "add the missing double quote")]
    [InlineData("{ \"Etl\": \"abc", 1, 14, "add the missing double quote")]
    [InlineData("{ \"Etl\": 16MB }", 1, 12, "anything but a number in double quotes")]
    [InlineData("{ \"Etl\": 05 }", 1, 11, "does not begin with 0")]
    [InlineData("{ \"Etl\": - }", 1, 11, "anything but a number in double quotes")]
    [InlineData("", 1, 1, "the file is empty; the configuration must be an object")]
    public void Load_MalformedJson_IsRefusedWithFileLineColumnAndWhatIsExpected(string text, int line, int column, string expected)
    {
        _folder.WithFile("etl.json", text);

        string problem = Assert.Single(_folder.Refusal());

        Assert.StartsWith($"{_folder.PathOf("etl.json")}, line {line}, column {column}: ", problem);
        Assert.Contains(expected, problem);
        Assert.DoesNotContain("the JSON is malformed", problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    public void Load_NoObject_IsRefusedInOneLine(string text)
    {
        _folder.WithFile("etl.json", text);

        Assert.StartsWith($"{_folder.PathOf("etl.json")}, line 1", Assert.Single(_folder.Refusal()));
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
