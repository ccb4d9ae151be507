using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Etl.Cluster.Status;

namespace Etl.Host.Commands;

/// <summary>What commands print for programs, with names in snake_case as in the tables.</summary>
[JsonSerializable(typeof(BenchJson))]
[JsonSerializable(typeof(StatusJson))]
[JsonSerializable(typeof(DeadLetterRow))]
[JsonSerializable(typeof(DeadLetterChanges))]
[JsonSerializable(typeof(DamagedRow))]
[JsonSerializable(typeof(ImageJson))]
[JsonSerializable(typeof(SimilarJson))]
[JsonSerializable(typeof(QueueStatus))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(string))]
internal sealed partial class CommandJson : JsonSerializerContext
{
    /// <summary>The context to use. Its output goes into no web page, so quotes and accents stay readable.</summary>
    public static CommandJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>Writes a value on a line.</summary>
    public static void Write<T>(TextWriter output, T value, JsonTypeInfo<T> type) =>
        output.WriteLine(JsonSerializer.Serialize(value, type));

    /// <summary>A movie's id: a number, a string or null, as it is stored; anything else is text.</summary>
    public static object? IdOf(MovieId id) => id.Stored is null or long or string ? id.Stored : id.ToString();
}
