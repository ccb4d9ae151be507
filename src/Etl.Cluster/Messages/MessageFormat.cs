using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RabbitMQ.Client;

namespace Etl.Cluster.Messages;

/// <summary>Messages as the broker has them: JSON, with kind and version in the property <c>type</c>, and in <c>correlation-id</c>
/// the catalogue and settings that they belong to.</summary>
internal static class MessageFormat
{
    public const string Work = "etl.work/1";
    public const string Result = "etl.result/1";

    /// <summary>A header of work whose coordinator reads the damage of covers in results. One without it refuses a field that it does
    /// not know, and workers ignore headers that they do not know, so neither side needs the other's version.</summary>
    private const string DamageHeader = "etl-damage";

    public static (BasicProperties Properties, byte[] Body) Write(WorkMessage message, string run)
    {
        BasicProperties properties = PropertiesOf(Work, run);
        properties.Headers = new Dictionary<string, object?> { [DamageHeader] = true };
        return (properties, JsonSerializer.SerializeToUtf8Bytes(message, MessageJson.Work));
    }

    /// <summary>The results of a message of work.</summary>
    /// <param name="results">The results of its movies.</param>
    /// <param name="work">The properties of that message.</param>
    public static (BasicProperties Properties, byte[] Body) WriteResults(MovieResult[] results, IReadOnlyBasicProperties work)
    {
        bool takesDamage = work.Headers?.TryGetValue(DamageHeader, out object? value) == true && value is true;
        MovieResult[] taken = takesDamage ? results : Array.ConvertAll(results, static result => result with { Damage = null });
        return Write(new ResultMessage(taken), work.CorrelationId ?? "");
    }

    public static (BasicProperties Properties, byte[] Body) Write(ResultMessage message, string run) =>
        (PropertiesOf(Result, run), JsonSerializer.SerializeToUtf8Bytes(message, MessageJson.Result));

    /// <summary>The work of a message; null when it is of another version, or not a message of Etl.</summary>
    public static WorkMessage? ReadWork(IReadOnlyBasicProperties properties, ReadOnlySpan<byte> body) =>
        Read(Work, MessageJson.Work, properties, body) is { } work && IsWhole(work.Movies) ? work : null;

    /// <summary>The results of a message; null when it is of another version, or not a message of Etl.</summary>
    public static ResultMessage? ReadResult(IReadOnlyBasicProperties properties, ReadOnlySpan<byte> body) =>
        Read(Result, MessageJson.Result, properties, body) is { } results && IsWhole(results.Movies) ? results : null;

    /// <summary>The serializer takes null for an entry of any list.</summary>
    private static bool IsWhole(object?[] movies) => movies.Length > 0 && Array.TrueForAll(movies, static movie => movie is not null);

    private static T? Read<T>(string type, JsonTypeInfo<T> json, IReadOnlyBasicProperties properties, ReadOnlySpan<byte> body)
        where T : class
    {
        if (properties.Type != type)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(body, json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static BasicProperties PropertiesOf(string type, string run) => new()
    {
        Type = type,
        CorrelationId = run,
        ContentType = "application/json",
        DeliveryMode = DeliveryModes.Persistent,
    };
}
