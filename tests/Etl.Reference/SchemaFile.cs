using System.Text.Json.Nodes;
using Etl.Host.Configuration;

namespace Etl.Reference;

/// <summary><c>config/etl.schema.json</c>, by which editors complete and check a configuration.</summary>
internal static class SchemaFile
{
    /// <summary>The sections that belong to libraries.</summary>
    private static readonly Dictionary<string, string> Libraries = new()
    {
        ["Serilog"] = "Logging, in the format of Serilog.Settings.Configuration.",
        ["Kestrel"] = "Endpoints of the web server, in the format of ASP.NET Core.",
    };

    public static string Text()
    {
        var properties = new JsonObject
        {
            ["$schema"] = new JsonObject
            {
                ["description"] = "The schema of this file, for editors. It configures nothing.",
                ["type"] = "string",
            },
        };
        foreach (string root in KeyCheck.Roots)
        {
            properties[root] = Libraries.TryGetValue(root, out string? description)
                ? new JsonObject { ["description"] = description, ["type"] = "object" }
                : Section(root);
        }

        return JsonText.Of(new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Configuration of etl",
            ["description"] =
                "Fills in the missing colour palettes of a movie catalogue. docs/configuration.md explains layers, lists and paths.",
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = properties,
        }) + "\n";
    }

    private static JsonObject Section(string path) => new()
    {
        ["description"] = XmlComment.Of(EtlOption.All.First(option => option.SectionPath == path).Property.ReflectedType!).Plain,
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["properties"] = OptionTree.Of(path, OptionSchema.Of, Section),
    };
}
