using System.Text.Json;
using System.Text.RegularExpressions;
using Etl.Host;
using Etl.Host.Configuration;

namespace Etl.IntegrationTests.Configuration;

/// <summary><c>etl config --init</c>: a configuration file to begin with.</summary>
public sealed partial class ConfigInitTests : IDisposable
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Config_Init_WritesAFileWithTheDefaults()
    {
        string file = _folder.PathOf("etl.json");

        Assert.Equal((0, $"{file} is written.", ""), await InitAsync(file));

        EtlConfiguration configuration = _folder.Load(file);
        Assert.Equal(
            ["Etl:Fetch:Locations:0", "Etl:Query:Database"],
            configuration.Settings.Where(static setting => setting.Origin == "etl.json").Select(static setting => setting.Path).Order());
        Assert.Equal(_folder.PathOf("data", "movies.db"), configuration.Options.Query.Database);
    }

    [Fact]
    public async Task Config_InitThenEveryCommentTakenAway_HasEveryOptionWithItsDefault()
    {
        string file = _folder.PathOf("first.json"); // no file that is read unless it is named
        await InitAsync(file);
        await File.WriteAllTextAsync(file, CommentedOption().Replace(await File.ReadAllTextAsync(file), "$1"));

        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(file), Lenient);
        Assert.All(EtlOption.All, option => Assert.True(Has(document.RootElement, option.Path), option.Path));
        Assert.Equal(Values(null), Values(file));
    }

    [Fact]
    public async Task Config_InitWhereAFileIs_LeavesItAlone()
    {
        _folder.WithFile("etl.json", "{}");
        string file = _folder.PathOf("etl.json");

        Assert.Equal(
            (2, "", $"etl: {file} exists already. Fix: change that file, or name another with --config."), await InitAsync(file));
        Assert.Equal("{}", await File.ReadAllTextAsync(file));
    }

    /// <summary>The values of all options but the two that the file sets.</summary>
    private IEnumerable<(string, string?)> Values(string? file) => _folder.Load(file).Settings
        .Where(static setting => setting.Path is not ("Etl:Query:Database" or "Etl:Fetch:Locations:0"))
        .Select(static setting => (setting.Path, setting.Value));

    private static bool Has(JsonElement section, string path) => path.Split(':', 2) is [var key, .. var rest]
        && section.TryGetProperty(key, out JsonElement value) && (rest is [] || Has(value, rest[0]));

    private static async Task<(int Code, string Output, string Errors)> InitAsync(string file)
    {
        using StringWriter output = new(), errors = new();
        int code = await Program.RunAsync(["config", "--init", "--config", file], output, errors);
        return (code, output.ToString().TrimEnd(), errors.ToString().TrimEnd());
    }

    [GeneratedRegex("""(?m)^( *)// (?="\w+":)""")]
    private static partial Regex CommentedOption();
}
