using System.Text.Json;
using Etl.Host;

namespace Etl.IntegrationTests.Configuration;

public sealed class ConfigCommandTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new ConfigurationFolder()
        .WithFile("my.json", """{ "Etl": { "Query": { "Database": "m.db" } } }""");

    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
        _errors.Dispose();
    }

    [Fact]
    public async Task Config_GoodConfiguration_PrintsAnAlignedTable()
    {
        int code = await RunAsync("--set", "Etl:Write:BatchSize=64");

        string[] lines = _output.ToString().TrimEnd().Split(Environment.NewLine);
        Assert.Equal(0, code);
        Assert.Matches(@"(?m)^Etl:Write:BatchSize +64 +--set\r?$", _output.ToString());
        Assert.Matches(@"(?m)^Etl:MaxDeadLetters +\(not set\) +default\r?$", _output.ToString());
        Assert.Matches(@"(?m)^Etl:Query:Database +\S+m\.db +my\.json\r?$", _output.ToString());
        Assert.Single(lines.Select(line => line.LastIndexOf("  ", StringComparison.Ordinal)).Distinct());
    }

    [Fact]
    public async Task Config_Json_HasTypedValues()
    {
        int code = await RunAsync("--json", "--set", "Etl:Write:BatchSize=64");

        using var document = JsonDocument.Parse(_output.ToString());
        Dictionary<string, JsonElement> rows =
            document.RootElement.EnumerateArray().ToDictionary(row => row.GetProperty("path").GetString()!);
        Assert.Equal(0, code);
        Assert.Equal(64, rows["Etl:Write:BatchSize"].GetProperty("value").GetInt32());
        Assert.Equal("--set", rows["Etl:Write:BatchSize"].GetProperty("origin").GetString());
        Assert.Equal("00:00:01", rows["Etl:Write:FlushInterval"].GetProperty("value").GetString());
        Assert.Equal(JsonValueKind.Null, rows["Etl:MaxDeadLetters"].GetProperty("value").ValueKind);
    }

    [Fact]
    public async Task Config_BadConfiguration_PrintsTheProblemsAndNothingElse()
    {
        int code = await RunAsync("--set", "Etl:Write:BatchSize=0", "--set", "Etl:Foo=1");

        Assert.Equal(2, code);
        Assert.Empty(_output.ToString());
        Assert.Equal(3, _errors.ToString().TrimEnd().Split(Environment.NewLine).Length);
    }

    private Task<int> RunAsync(params string[] args) =>
        Program.RunAsync(["config", "--config", _folder.PathOf("my.json"), .. args], _output, _errors);
}
