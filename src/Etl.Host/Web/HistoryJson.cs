namespace Etl.Host.Web;

/// <summary>The last ten minutes, a number a second, the oldest first; null before the service started.</summary>
internal sealed record HistoryJson(DateTimeOffset Now, IReadOnlyList<long?> Seconds, IReadOnlyList<long?> DeadLetters);
