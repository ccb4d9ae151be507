using System.Text.Json;
using Etl.Host;
using PaletteEtl.Hosting;

namespace Etl.IntegrationTests.Configuration;

/// <summary>Headers are given by name, in any layer, and their values are shown nowhere.</summary>
public sealed class HeaderTests : IDisposable
{
    private const string Secret = "s3cret";
    private const string Authorization = "Etl:Fetch:Headers:Authorization";

    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_HeadersInSeveralLayers_AreMergedNameByName()
    {
        _folder
            .WithFile("etl.json", """{ "Etl": { "Fetch": { "Headers": { "Authorization": "file", "User-Agent": "etl" } } } }""")
            .WithVariable("ETL__FETCH__HEADERS__AUTHORIZATION", "variable");

        EtlOptions options = _folder.Load(null, "Etl:Fetch:Headers:X-Api-Key=setting").Options;

        Assert.Equal(
            [("authorization", "variable"), ("user-agent", "etl"), ("x-api-key", "setting")],
            options.Fetch.Headers!.Select(header => (header.Key.ToLowerInvariant(), header.Value)).Order());
    }

    [Fact]
    public void Load_NoHeaders_LeavesNone()
    {
        _folder.WithFile("etl.json", """{ "Etl": { "Fetch": { "Headers": {} } } }""");

        Assert.Null(_folder.Load().Options.Fetch.Headers);
    }

    [Theory]
    [InlineData($"{Authorization}=", $"{Authorization} must not be empty ({Authorization} in --set)")]
    [InlineData($"{Authorization}={Secret}\n", $"{Authorization} must be printable ASCII, without line breaks ({Authorization} in --set)")]
    [InlineData($"Etl:Fetch:Headers:Content-Type={Secret}", "Etl:Fetch:Headers:Content-Type is not a valid request header (Etl:Fetch:Headers:Content-Type in --set)")]
    [InlineData($"Etl:Fetch:Headers={Secret}", "Etl:Fetch:Headers must be names of headers with their values; found '(hidden)' in --set")]
    [InlineData($"{Authorization}:x={Secret}", $"{Authorization}:x is not an option; found in --set")]
    [InlineData("Etl:Fetch:AttemptTimeout=00:02:01", "Etl:Fetch:AttemptTimeout must be at most Etl:Fetch:Timeout, which is 00:02:00, "
        + "because that is the limit of all attempts together; found 00:02:01 (Etl:Fetch:AttemptTimeout in --set, Etl:Fetch:Timeout by default)")]
    [InlineData("Etl:Fetch:FollowLinks=yes", "Etl:Fetch:FollowLinks must be true or false; found 'yes' in --set")]
    public void Load_NotAllowed_IsRefusedWithoutTheValue(string setting, string problem) =>
        Assert.Equal([problem], _folder.Refusal(null, setting)[1..]);

    [Fact]
    public void Load_HeaderWithoutAnEqualsSign_IsRefusedWithoutTheText() => Assert.DoesNotContain(
        Secret, string.Concat(_folder.Refusal(null, $"{Authorization}: {Secret}")), StringComparison.Ordinal);

    [Theory]
    [InlineData()]
    [InlineData("--json")]
    public async Task Config_HeadersAndQueries_AreHidden(params string[] arguments)
    {
        using var output = new StringWriter();
        string file = _folder.WithFile("my.json", "{}").PathOf("my.json");

        int code = await Program.RunAsync(
            [
                "config", "--config", file, .. arguments,
                "--set", $"{Authorization}=Bearer {Secret}", "--set", $"Etl:Fetch:Locations=https://example.org/{{id}}?token={Secret}",
            ],
            output,
            TextWriter.Null);

        Assert.Equal(0, code);
        Assert.DoesNotContain(Secret, output.ToString(), StringComparison.Ordinal);
        Assert.Contains(Authorization, output.ToString(), StringComparison.Ordinal);
        Assert.Contains("https://example.org/{id}?…", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("(hidden)", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Config_Json_HasFlagsAsBooleans()
    {
        using var output = new StringWriter();
        string file = _folder.WithFile("my.json", "{}").PathOf("my.json");

        await Program.RunAsync(["config", "--config", file, "--json"], output, TextWriter.Null);

        using var document = JsonDocument.Parse(output.ToString());
        JsonElement row = document.RootElement.EnumerateArray()
            .Single(row => row.GetProperty("path").GetString() == "Etl:Fetch:FollowLinks");
        Assert.Equal(JsonValueKind.False, row.GetProperty("value").ValueKind);
    }
}
