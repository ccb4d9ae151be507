namespace PaletteEtl.Catalogue;

/// <summary>Dead letters that failed alike.</summary>
/// <param name="Stage">The stage that failed.</param>
/// <param name="Reason">The name of the reason.</param>
/// <param name="Message">Their message, with <c>…</c> for the id of the movie, and <c>#</c> for numbers if these differ.</param>
/// <param name="Count">Number of dead letters.</param>
/// <param name="Since">The time of the earliest first failure; null if it cannot be read.</param>
public sealed record FailureCause(string Stage, string Reason, string Message, long Count, DateTimeOffset? Since);
