using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Etl.Cluster.Status;
using Etl.Host.Report;
using PaletteEtl.Catalogue;

namespace Etl.Host.Json;

/// <summary>Every JSON contract of the program: <c>--json</c>, <c>--report</c>, the API and the page of <c>etl report</c>.</summary>
/// <remarks>Names are in camelCase. The same name has the same type everywhere: an <c>id</c> is text, because JavaScript loses
/// digits of large integers; a time is ISO 8601 in UTC; a duration is in seconds and says so; <c>items</c> is a page of a list.</remarks>
[JsonSerializable(typeof(BenchJson))]
[JsonSerializable(typeof(CatalogueJson))]
[JsonSerializable(typeof(StaleJson))]
[JsonSerializable(typeof(CatalogueReport))]
[JsonSerializable(typeof(CurrentRunJson))]
[JsonSerializable(typeof(DamagedPaletteJson))]
[JsonSerializable(typeof(DamagedPalettesJson))]
[JsonSerializable(typeof(DeadLetterChangesJson))]
[JsonSerializable(typeof(DeadLetterJson))]
[JsonSerializable(typeof(DeadLettersJson))]
[JsonSerializable(typeof(ExplanationJson))]
[JsonSerializable(typeof(HealthJson))]
[JsonSerializable(typeof(HistoryJson))]
[JsonSerializable(typeof(ImageJson))]
[JsonSerializable(typeof(PalettesJson))]
[JsonSerializable(typeof(PauseJson))]
[JsonSerializable(typeof(ProblemJson))]
[JsonSerializable(typeof(QualityJson))]
[JsonSerializable(typeof(QueueStatus))]
[JsonSerializable(typeof(RetryJson))]
[JsonSerializable(typeof(RunReportJson))]
[JsonSerializable(typeof(ServiceJson))]
[JsonSerializable(typeof(SettingJson[]))]
[JsonSerializable(typeof(SimilarJson))]
[JsonSerializable(typeof(TimelineJson))]
[JsonSerializable(typeof(WorkerJson))]
internal sealed partial class EtlJson : JsonSerializerContext
{
    /// <summary>The contracts for a web page: nothing in a text ends a script or an attribute.</summary>
    public static EtlJson Web { get; } = Create(JavaScriptEncoder.Default);

    /// <summary>The contracts for a terminal or a file: quotes and accents stay readable.</summary>
    public static EtlJson Readable { get; } = Create(JavaScriptEncoder.UnsafeRelaxedJsonEscaping);

    /// <summary>The same as <see cref="Readable"/>, indented.</summary>
    public static EtlJson Indented { get; } = Create(JavaScriptEncoder.UnsafeRelaxedJsonEscaping, indented: true);

    /// <summary>Writes a value on a line.</summary>
    public static void WriteLine<T>(TextWriter output, T value, JsonTypeInfo<T> type) =>
        output.WriteLine(JsonSerializer.Serialize(value, type));

    private static EtlJson Create(JavaScriptEncoder encoder, bool indented = false) => new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new UtcTimeConverter() },
        Encoder = encoder,
        WriteIndented = indented,
    });

    /// <summary>Writes times in UTC: <c>2026-01-31T12:00:00.0000000Z</c>.</summary>
    private sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(CatalogueTime.Format(value));
    }
}
