using System.Text.Json;
using System.Text.Json.Nodes;

namespace Etl.Cluster.Messages;

/// <summary>The values of columns as JSON: texts and integers.</summary>
internal static class ColumnJson
{
    public static JsonElement Write(object value) =>
        JsonSerializer.SerializeToElement(value is long number ? JsonValue.Create(number) : JsonValue.Create((string)value), ClusterJson.Default.JsonNode);

    /// <summary>The value; null when it is neither.</summary>
    public static object? Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number when value.TryGetInt64(out long number) => number,
        _ => null,
    };
}
