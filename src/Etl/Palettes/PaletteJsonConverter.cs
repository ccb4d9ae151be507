using System.Text.Json;
using System.Text.Json.Serialization;

namespace PaletteEtl.Palettes;

/// <summary>A palette as JSON: a list of lists of red, green and blue, such as <c>[[124,198,203],[214,191,131]]</c>.</summary>
public sealed class PaletteJsonConverter : JsonConverter<Palette>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">The value is not a list of 1 to <see cref="Palette.MaxColors"/> colours.</exception>
    public override Palette Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var value = JsonDocument.ParseValue(ref reader);
        return Palette.TryParse(value.RootElement.GetRawText(), out Palette palette)
            ? palette
            : throw new JsonException($"A palette is a list of 1 to {Palette.MaxColors} colours of three numbers from 0 to 255.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Palette value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartArray();
        foreach (Rgb color in value)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(color.R);
            writer.WriteNumberValue(color.G);
            writer.WriteNumberValue(color.B);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }
}
