namespace Etl.Host.Web;

/// <summary>How many dead letters are retried.</summary>
internal sealed record RetriedJson(long Retried);
