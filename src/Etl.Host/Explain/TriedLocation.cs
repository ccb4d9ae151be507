namespace Etl.Host.Explain;

/// <summary>A location of covers, and its outcome for a movie.</summary>
/// <param name="Location">The path or URL, for a person to read.</param>
/// <param name="Outcome">The outcome.</param>
internal sealed record TriedLocation(string Location, LocationOutcome Outcome);
