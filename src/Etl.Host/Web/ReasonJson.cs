namespace Etl.Host.Web;

/// <summary>How many dead letters have a reason.</summary>
internal sealed record ReasonJson(string Reason, long Count);
