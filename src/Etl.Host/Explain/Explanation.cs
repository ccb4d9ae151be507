namespace Etl.Host.Explain;

/// <summary>All that is known about the movie of an id.</summary>
/// <param name="Id">The id as it reads.</param>
/// <param name="Settings">The settings that palettes are made with today, in one line.</param>
/// <param name="Count">The number of rows that have the id.</param>
/// <param name="Rows">The first of them.</param>
internal sealed record Explanation(string Id, string Settings, long Count, IReadOnlyList<RowExplanation> Rows);
