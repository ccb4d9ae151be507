namespace Etl.Host.Web;

/// <summary>Movies that ended in the last second.</summary>
/// <param name="Settled">All but those skipped.</param>
/// <param name="DeadLetters">Those of them that failed.</param>
internal readonly record struct SecondJson(long Settled, long DeadLetters);
