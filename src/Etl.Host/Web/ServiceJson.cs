namespace Etl.Host.Web;

/// <summary>The service as <c>/api/status</c> and the event <c>status</c> show it. Times are UTC, durations seconds.</summary>
internal sealed record ServiceJson(
    string State,
    string? Problem,
    DateTimeOffset StartedAt,
    DateTimeOffset Now,
    string Version,
    string Database,
    string Table,
    bool RetryNeedsKey,
    DateTimeOffset? NextRetryAt,
    TotalsJson Totals,
    RunJson? Run,
    SecondJson Second);
