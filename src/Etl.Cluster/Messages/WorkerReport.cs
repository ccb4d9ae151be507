using System.Text.Json.Serialization;
using Etl.Cluster.Workers;

namespace Etl.Cluster.Messages;

/// <summary>The state of a worker, which it publishes every few seconds.</summary>
/// <param name="Worker">The worker, random for each process.</param>
/// <param name="Host">The name of its machine.</param>
/// <param name="ProcessId">Its process on that machine.</param>
/// <param name="Version">The version of the program.</param>
/// <param name="At">The time of the report, in UTC.</param>
/// <param name="State">The state.</param>
/// <param name="Movies">Movies whose results it has published.</param>
/// <param name="MoviesPerSecond">Movies per second since the report before.</param>
/// <param name="Failures">Its movies without a palette, by the stored name of the reason.</param>
/// <param name="Problem">Why it is paused; null if it is not.</param>
internal sealed record WorkerReport(
    string Worker,
    string Host,
    int ProcessId,
    string Version,
    DateTimeOffset At,
    WorkerState State,
    long Movies,
    double MoviesPerSecond,
    IReadOnlyDictionary<string, long> Failures,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Problem = null);

/// <summary>Reads and writes reports. Ignores unknown members: reports inform, and nothing depends on them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(WorkerReport))]
internal sealed partial class WorkerReportJson : JsonSerializerContext;
