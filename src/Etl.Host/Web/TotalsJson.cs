namespace Etl.Host.Web;

/// <summary>Runs, and how their movies ended, since the service started; <c>damaged</c> are those of the palettes written whose cover
/// is damaged.</summary>
internal sealed record TotalsJson(int Runs, long Written, long DeadLetters, long Superseded, long Skipped, long Damaged);
