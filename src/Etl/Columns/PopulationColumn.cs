using System.Globalization;
using System.Text.Json;

namespace PaletteEtl.Columns;

/// <summary>Column of the share of the pixels that each colour of the palette stands for.</summary>
internal sealed class PopulationColumn : ICoverColumn
{
    public string Fingerprint => "population/1";

    public string Kind => "shares";

    public object ValueOf(CoverFacts cover) =>
        $"[{string.Join(", ", cover.Shares.Select(static share => share.ToString("0.####", CultureInfo.InvariantCulture)))}]";

    public bool IsValue(object stored)
    {
        try
        {
            using var json = JsonDocument.Parse(stored as string ?? "");
            return json.RootElement.ValueKind == JsonValueKind.Array && json.RootElement.EnumerateArray().All(static element =>
                element.ValueKind == JsonValueKind.Number && element.GetDouble() is >= 0 and <= 1);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
