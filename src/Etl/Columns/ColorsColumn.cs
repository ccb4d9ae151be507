using System.Text.Json;

namespace PaletteEtl.Columns;

/// <summary>Column of the palette as a JSON list of texts.</summary>
internal sealed class ColorsColumn(ColorFormat format) : ICoverColumn
{
    public string Fingerprint => $"colors/1:{format}";

    public string Kind => "lists of colours";

    public object ValueOf(CoverFacts cover) => format == ColorFormat.Json
        ? cover.Palette.ToJson()
        : $"[{string.Join(", ", cover.Palette.Select(color => $"\"{ColorText.Write(color, format)}\""))}]";

    public bool IsValue(object stored)
    {
        try
        {
            using var json = JsonDocument.Parse(stored as string ?? "");
            return json.RootElement.ValueKind == JsonValueKind.Array && json.RootElement.EnumerateArray().All(static color =>
                color.ValueKind == JsonValueKind.Array || (color.ValueKind == JsonValueKind.String && ColorText.IsColor(color.GetString()!)));
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
