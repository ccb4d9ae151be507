using System.Text.Json;
using System.Text.Json.Nodes;

namespace Etl.Host.Json;

/// <summary>The values of columns beside the palette as an object: texts, integers, and JSON where the text of a column is JSON.</summary>
internal static class ColumnsJson
{
    public static JsonObject Of(IEnumerable<ColumnValue> columns) =>
        Of(columns.Select(static column => KeyValuePair.Create(column.Column, (object?)column.Value)));

    public static JsonObject Of(IEnumerable<KeyValuePair<string, object?>> columns) =>
        new(columns.Select(static column => KeyValuePair.Create(column.Key, ValueOf(column.Value))));

    private static JsonNode? ValueOf(object? value) => value switch
    {
        null => null,
        long number => JsonValue.Create(number),
        string text when text.StartsWith('[') || text.StartsWith('{') => TryParse(text),
        _ => JsonValue.Create(Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)),
    };

    /// <summary>A column may have a text of another program that only begins like JSON.</summary>
    private static JsonNode? TryParse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}
