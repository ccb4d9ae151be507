using System.Text.Json;
using System.Text.Json.Serialization;

namespace Etl.Cluster.Messages;

/// <summary>A movie's id with its type: a number, a text, null, and <c>{"real": 1.5}</c> or <c>{"bytes": "AQ=="}</c>.</summary>
internal sealed class MovieIdConverter : JsonConverter<MovieId>
{
    private const string Real = "real", Bytes = "bytes";

    public override bool HandleNull => true;

    public override MovieId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => default,
        JsonTokenType.Number => new(reader.GetInt64()),
        JsonTokenType.String => new(reader.GetString()),
        JsonTokenType.StartObject => ReadTyped(ref reader),
        _ => throw new JsonException("An id is a number, a text, null, or an object."),
    };

    public override void Write(Utf8JsonWriter writer, MovieId value, JsonSerializerOptions options)
    {
        switch (value.Stored)
        {
            case long number:
                writer.WriteNumberValue(number);
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case double number:
                writer.WriteStartObject();
                writer.WriteNumber(Real, number);
                writer.WriteEndObject();
                break;
            case byte[] bytes:
                writer.WriteStartObject();
                writer.WriteBase64String(Bytes, bytes);
                writer.WriteEndObject();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    private static MovieId ReadTyped(ref Utf8JsonReader reader)
    {
        reader.Read();
        bool isReal = reader.ValueTextEquals(Real);
        if (!isReal && !reader.ValueTextEquals(Bytes))
        {
            throw new JsonException("An id of another type is real or bytes.");
        }

        reader.Read();
        MovieId id = isReal ? new(reader.GetDouble()) : new(reader.GetBytesFromBase64());
        reader.Read();
        return reader.TokenType == JsonTokenType.EndObject ? id : throw new JsonException("An id has one value.");
    }
}
