using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using PaletteEtl.Columns;
using PaletteEtl.Covers;
using PaletteEtl.Palettes;

namespace Etl.Cluster.Messages;

/// <summary>Reads and writes the parts of messages. Refuses unknown members, because they may matter.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    IgnoreReadOnlyProperties = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true,
    Converters = [typeof(MovieIdConverter)])]
[JsonSerializable(typeof(WorkMessage))]
[JsonSerializable(typeof(ExtractionSettings))]
[JsonSerializable(typeof(ResultMessage))]
[JsonSerializable(typeof(DecodeOptions))]
[JsonSerializable(typeof(QuantizeOptions))]
[JsonSerializable(typeof(ColumnOptions))]
[JsonSerializable(typeof(JsonNode))]
internal sealed partial class ClusterJson : JsonSerializerContext;
