using System.Text.Json;
using Etl.Host.Configuration;

namespace Etl.IntegrationTests.Configuration;

/// <summary>Holds etl.json, its schema and its documentation against the options themselves.</summary>
public sealed class DocumentedDefaultsTests
{
    private static readonly string[] Checked = ["Etl", "OpenTelemetry"];

    [Fact]
    public void EtlJson_EveryOption_IsShownWithItsDefault()
    {
        using JsonDocument document = Read("etl.json");
        JsonElement root = document.RootElement;

        Assert.All(EtlOption.All, option => Assert.Equal(TextOf(option), TextOf(Below(root, option))));
        Assert.Equal(EtlOption.All.Count, Checked.Sum(name => Leaves(root.GetProperty(name)).Count()));
    }

    [Fact]
    public void EtlJson_Loaded_IsAllowed()
    {
        var nowhere = new Surroundings(Path.GetTempPath(), new Dictionary<string, string>());

        EtlConfiguration configuration = EtlConfiguration.Load(Repository.PathOf("etl.json"), [], nowhere);

        Assert.Equal(Repository.PathOf("data/movies.db"), configuration.Options().Query.Database);
    }

    [Theory]
    [InlineData("service")]
    [InlineData("cluster")]
    public void ExampleJson_Loaded_IsAllowed(string name)
    {
        var nowhere = new Surroundings(Path.GetTempPath(), new Dictionary<string, string>());

        EtlConfiguration configuration = EtlConfiguration.Load(Repository.PathOf($"config/{name}.json"), [], nowhere);

        Assert.Equal("/var/lib/etl/movies.db", configuration.Options().Query.Database);
    }

    [Fact]
    public void Schema_EveryOption_HasItsDefaultAndItsLimits()
    {
        using JsonDocument document = Read("config/etl.schema.json");

        Assert.All(EtlOption.All, option =>
        {
            JsonElement schema = Keys(option).Aggregate(document.RootElement, (node, key) => node.GetProperty("properties").GetProperty(key));
            Assert.Equal(TextOf(option), TextOf(schema.GetProperty("default")));
            Assert.Equal(RuleOf(option), RuleIn(schema, option));
        });
    }

    [Fact]
    public void Schema_EverySection_RefusesUnknownKeys()
    {
        using JsonDocument document = Read("config/etl.schema.json");
        JsonElement root = document.RootElement;
        JsonElement[] roots = [.. Checked.Select(name => root.GetProperty("properties").GetProperty(name))];
        JsonElement[] sections =
            [root, .. roots, .. roots.SelectMany(section => Properties(section).Select(property => property.Value)).Where(IsSection)];

        Assert.All(sections, section => Assert.False(section.GetProperty("additionalProperties").GetBoolean()));
        Assert.Equal(
            EtlOption.All.Count,
            sections[1..].Sum(section => Properties(section).Count(property => !IsSection(property.Value))));
        Assert.Equal(["$schema", .. KeyCheck.Roots], Properties(root).Select(property => property.Name));
    }

    [Fact]
    public void Documentation_EveryOption_HasARowWithItsDefaultAndItsLimits()
    {
        string[][] rows =
        [
            .. File.ReadLines(Repository.PathOf("docs/configuration.md"))
                .Where(line => Checked.Any(name => line.StartsWith($"| `{name}:", StringComparison.Ordinal)))
                .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)),
        ];

        Assert.Equal(EtlOption.All.Count, rows.Length);
        Assert.All(EtlOption.All, option =>
        {
            string[] row = Assert.Single(rows, row => row[0] == $"`{option.Path}`");
            Assert.Equal(option.Default is null ? "not set" : $"`{TextOf(option)}`", row[1]);
            Assert.EndsWith(row[3].Replace("not empty", "not be empty", StringComparison.Ordinal), option.Rule.MustBe);
        });
    }

    private static string? TextOf(EtlOption option) =>
        option.Default is IEnumerable<string> list ? string.Join(", ", list) : OptionText.Format(option.Default);

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray()),
        _ => value.ToString(),
    };

    private static string? RuleOf(EtlOption option) => option.Default switch
    {
        int or long or double => $"{OptionText.Format(option.Rule.Minimum)} to {OptionText.Format(option.Rule.Maximum)}",
        TimeSpan => $"from {OptionText.Format(option.Rule.Minimum)} to {OptionText.Format(option.Rule.Maximum)}.",
        _ when option.Rule.Type.IsEnum => string.Join(", ", Enum.GetNames(option.Rule.Type)),
        bool => "boolean",
        null => option.Rule.Pattern,
        _ => "1",
    };

    private static string? RuleIn(JsonElement schema, EtlOption option) => option.Default switch
    {
        int or long or double => $"{TextOf(schema, "minimum")} to {TextOf(schema, "maximum")}",
        TimeSpan => TextOf(schema, "description")!.Split(", ")[^1],
        _ when option.Rule.Type.IsEnum => string.Join(", ", Names(schema.GetProperty("enum"))),
        bool => TextOf(schema, "type"),
        null => TextOf(schema, "pattern"),
        _ => TextOf(schema, option.IsList ? "minItems" : "minLength"),
    };

    private static string? TextOf(JsonElement schema, string key) =>
        schema.TryGetProperty(key, out JsonElement value) ? TextOf(value) : null;

    /// <summary>The values allowed, null aside, which stands for an option that is not set.</summary>
    private static IEnumerable<string?> Names(JsonElement values) =>
        values.EnumerateArray().Where(value => value.ValueKind != JsonValueKind.Null).Select(TextOf);

    private static JsonElement Below(JsonElement root, EtlOption option) =>
        Keys(option).Aggregate(root, (node, key) => node.GetProperty(key));

    private static string[] Keys(EtlOption option) => option.Path.Split(':');

    private static JsonElement.ObjectEnumerator Properties(JsonElement section) =>
        section.GetProperty("properties").EnumerateObject();

    private static IEnumerable<JsonElement> Leaves(JsonElement node) =>
        node.ValueKind == JsonValueKind.Object ? node.EnumerateObject().SelectMany(property => Leaves(property.Value)) : [node];

    private static bool IsSection(JsonElement schema) => schema.TryGetProperty("properties", out _);

    private static JsonDocument Read(string name) => JsonDocument.Parse(File.ReadAllText(Repository.PathOf(name)));
}
