using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Etl.Cluster.Messages;

/// <summary>Messages as JSON: of the options, what travels.</summary>
internal static class MessageJson
{
    private static readonly JsonSerializerOptions Options = new(ClusterJson.Default.Options)
    {
        TypeInfoResolver = ClusterJson.Default.WithAddedModifier(ExtractionSettings.Reduce),
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public static JsonTypeInfo<WorkMessage> Work { get; } = Of<WorkMessage>();

    public static JsonTypeInfo<ExtractionSettings> Settings { get; } = Of<ExtractionSettings>();

    public static JsonTypeInfo<ResultMessage> Result { get; } = Of<ResultMessage>();

    private static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));
}
