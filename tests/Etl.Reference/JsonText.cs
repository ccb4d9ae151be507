using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Etl.Reference;

/// <summary>JSON as a person would write it: a property a line, and a list on one.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonNode? node, string indent = "") => node switch
    {
        JsonObject properties => Object(properties.Select(property => (property.Key, Of(property.Value, indent + "  "))), indent),
        JsonArray entries => $"[{string.Join(", ", entries.Select(entry => Of(entry, indent)))}]",
        _ => node?.ToJsonString(Unescaped) ?? "null",
    };

    /// <summary>An object of properties whose values are JSON already.</summary>
    public static string Object(IEnumerable<(string Key, string Value)> properties, string indent = "") =>
        $"{{\n{string.Join(",\n", properties.Select(property => $"{indent}  \"{property.Key}\": {property.Value}"))}\n{indent}}}";
}
