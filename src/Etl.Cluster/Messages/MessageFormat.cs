using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RabbitMQ.Client;

namespace Etl.Cluster.Messages;

/// <summary>Messages as the broker has them: JSON, with kind and format in the property <c>type</c>, and the epoch of the run in
/// <c>correlation-id</c>.</summary>
/// <remarks>The format of a message is the oldest one that can read it, and a version reads its own and all older formats. Fields that a
/// version does not know are refused, and headers are ignored. So what the other side need not know is a header, and a field that it
/// need not know is left out of messages without it.</remarks>
internal static class MessageFormat
{
    public const string Work = "etl.work/1";
    public const string Result = "etl.result/1";
    public const string Report = "etl.worker/1";

    /// <summary>In work: the coordinator reads the damage of covers in results.</summary>
    private const string DamageHeader = "etl-damage";

    /// <summary>In work: the coordinator knows the reason <c>memory</c>.</summary>
    private const string MemoryHeader = "etl-memory";

    /// <summary>In work: the coordinator reads the hash of a cover's content in results.</summary>
    private const string ContentHeader = "etl-content";

    private const string CatalogueHeader = "etl-catalogue", NotByHeader = "etl-not-by", PalettesHeader = "etl-palettes", LeftsHeader = "etl-lefts";
    private const string SettingsHeader = "etl-settings", WorkerHeader = "etl-worker", VersionHeader = "etl-version";

    /// <summary>In work: how often the message has been redelivered. The broker counts for each message, and a copy is a new one.</summary>
    private const string DeliveryCountHeader = "x-delivery-count", RedeliveriesHeader = "etl-redeliveries";

    /// <summary>A message of work.</summary>
    public static (BasicProperties Properties, byte[] Body) Write(WorkMessage message, WorkHeaders headers)
    {
        BasicProperties properties = PropertiesOf(Work, headers.Epoch);
        properties.Headers = new Dictionary<string, object?> { [DamageHeader] = true, [MemoryHeader] = true, [ContentHeader] = true, [PalettesHeader] = headers.Palettes };
        AddText(properties, VersionHeader, ProgramVersion.Number);
        AddText(properties, CatalogueHeader, headers.Catalogue);
        AddText(properties, NotByHeader, headers.NotBy);
        return (properties, JsonSerializer.SerializeToUtf8Bytes(message, MessageJson.Work));
    }

    /// <summary>The results of a message of work.</summary>
    /// <param name="results">The results of its movies.</param>
    /// <param name="work">The properties of that message.</param>
    /// <param name="settings">The fingerprint of the settings that they were made with.</param>
    /// <param name="worker">The worker.</param>
    public static (BasicProperties Properties, byte[] Body) WriteResults(
        MovieResult[] results, IReadOnlyBasicProperties work, string settings, string worker)
    {
        if (!Has(work, DamageHeader))
        {
            results = Array.ConvertAll(results, static result => result with { Damage = null });
        }

        if (!Has(work, ContentHeader))
        {
            results = Array.ConvertAll(results, static result => result with { Content = null });
        }

        if (!Has(work, MemoryHeader))
        {
            results = Array.ConvertAll(results, static result => result.WithoutMemory());
        }

        return Write(new ResultMessage(results), new ResultHeaders(work.CorrelationId, settings, worker));
    }

    /// <summary>A message of results.</summary>
    public static (BasicProperties Properties, byte[] Body) Write(ResultMessage message, ResultHeaders headers)
    {
        BasicProperties properties = PropertiesOf(Result, headers.Epoch);
        properties.Headers = new Dictionary<string, object?>();
        AddText(properties, SettingsHeader, headers.Settings);
        AddText(properties, WorkerHeader, headers.Worker);
        return (properties, JsonSerializer.SerializeToUtf8Bytes(message, MessageJson.Result));
    }

    /// <summary>The report of a worker.</summary>
    public static (BasicProperties Properties, byte[] Body) Write(WorkerReport report) =>
        (PropertiesOf(Report, epoch: null), JsonSerializer.SerializeToUtf8Bytes(report, WorkerReportJson.Default.WorkerReport));

    /// <summary>The properties of a copy of a message of work that a worker leaves to others. Leaving it does not count as a
    /// redelivery.</summary>
    public static BasicProperties CopyForOthers(IReadOnlyBasicProperties work) => new(work)
    {
        Headers = new Dictionary<string, object?>((work.Headers ?? new Dictionary<string, object?>()).Where(static header => header.Key != DeliveryCountHeader))
        {
            [LeftsHeader] = NumberOf(work, LeftsHeader) + 1,
            [RedeliveriesHeader] = RedeliveriesOf(work),
        },
    };

    /// <summary>The work of a message; null when it is of another version, or not a message of Etl.</summary>
    public static WorkMessage? ReadWork(IReadOnlyBasicProperties properties, ReadOnlySpan<byte> body) =>
        Read(Work, MessageJson.Work, properties, body) is { } work && IsWhole(work.Movies) ? work : null;

    /// <summary>The results of a message; null when it is of another version, or not a message of Etl.</summary>
    public static ResultMessage? ReadResult(IReadOnlyBasicProperties properties, ReadOnlySpan<byte> body) =>
        Read(Result, MessageJson.Result, properties, body) is { } results && IsWhole(results.Movies) ? results : null;

    /// <summary>The report of a message; null when it is of another version, or not a message of Etl.</summary>
    public static WorkerReport? ReadReport(IReadOnlyBasicProperties properties, ReadOnlySpan<byte> body) =>
        Read(Report, WorkerReportJson.Default.WorkerReport, properties, body);

    /// <summary>The format of a message and the version that wrote it, for a sentence.</summary>
    public static string Describe(IReadOnlyBasicProperties work) =>
        TextOf(work, VersionHeader) is { } version ? $"{work.Type} of version {version}" : $"{work.Type}";

    /// <summary>The headers of a message of work.</summary>
    public static WorkHeaders WorkHeadersOf(IReadOnlyBasicProperties work) => new(
        work.CorrelationId ?? "",
        TextOf(work, CatalogueHeader),
        TextOf(work, NotByHeader),
        NumberOf(work, PalettesHeader),
        NumberOf(work, LeftsHeader));

    /// <summary>The headers of a message of results.</summary>
    public static ResultHeaders ResultHeadersOf(IReadOnlyBasicProperties results) =>
        new(results.CorrelationId, TextOf(results, SettingsHeader), TextOf(results, WorkerHeader));

    /// <summary>How often a message has come back to its queue, because the worker that had it did not process it.</summary>
    public static long RedeliveriesOf(IReadOnlyBasicProperties work) => NumberOf(work, DeliveryCountHeader) + NumberOf(work, RedeliveriesHeader);

    private static bool Has(IReadOnlyBasicProperties work, string header) =>
        work.Headers?.TryGetValue(header, out object? value) == true && value is true;

    private static void AddText(BasicProperties properties, string header, string? text)
    {
        if (text is not null)
        {
            properties.Headers![header] = text;
        }
    }

    /// <summary>The client reads the text of a header as bytes.</summary>
    private static string? TextOf(IReadOnlyBasicProperties properties, string header) =>
        properties.Headers?.TryGetValue(header, out object? value) == true && value is byte[] text ? Encoding.UTF8.GetString(text) : null;

    private static long NumberOf(IReadOnlyBasicProperties properties, string header) =>
        properties.Headers?.TryGetValue(header, out object? value) == true && value is long or int or short or byte
            ? Convert.ToInt64(value, CultureInfo.InvariantCulture)
            : 0;

    /// <summary>The serializer takes null for an entry of any list.</summary>
    private static bool IsWhole(object?[] movies) => movies.Length > 0 && Array.TrueForAll(movies, static movie => movie is not null);

    private static T? Read<T>(string type, JsonTypeInfo<T> json, IReadOnlyBasicProperties properties, ReadOnlySpan<byte> body)
        where T : class
    {
        if (!IsReadable(properties.Type, type))
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

    /// <summary>Whether a type is of the same kind as the newest one that this version writes, and not newer.</summary>
    private static bool IsReadable(string? type, string newest)
    {
        int number = newest.IndexOf('/', StringComparison.Ordinal) + 1;
        return type is not null
            && type.StartsWith(newest[..number], StringComparison.Ordinal)
            && int.TryParse(type.AsSpan(number), NumberStyles.None, CultureInfo.InvariantCulture, out int format)
            && format >= 1
            && format <= int.Parse(newest.AsSpan(number), CultureInfo.InvariantCulture);
    }

    private static BasicProperties PropertiesOf(string type, string? epoch) => new()
    {
        Type = type,
        CorrelationId = epoch,
        ContentType = "application/json",
        DeliveryMode = DeliveryModes.Persistent,
    };
}
