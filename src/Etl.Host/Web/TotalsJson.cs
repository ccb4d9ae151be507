namespace Etl.Host.Web;

/// <summary>Runs, and how their movies ended, since the service started.</summary>
internal sealed record TotalsJson(int Runs, long Written, long DeadLetters, long Superseded, long Skipped);
