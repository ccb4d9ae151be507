namespace Etl.Host.Explain;

/// <summary>A row, and what the next run does with it.</summary>
/// <param name="Facts">The row and its cover.</param>
/// <param name="NextRun">The action of the next run, and its reason.</param>
/// <param name="NextAt">The time at which a service retries the movie; null when it is due, or has no dead letter.</param>
internal sealed record RowExplanation(RowFacts Facts, NextRun NextRun, DateTimeOffset? NextAt);
