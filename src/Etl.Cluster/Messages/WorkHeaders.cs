namespace Etl.Cluster.Messages;

/// <summary>The headers of a message of work.</summary>
/// <param name="Epoch">The epoch of the run.</param>
/// <param name="Catalogue">The identity of the catalogue; null when it has none.</param>
/// <param name="NotBy">The worker that has failed to fetch the covers, and leaves them to another one; null for most.</param>
/// <param name="Palettes">Palettes that workers have made in the run so far.</param>
/// <param name="Lefts">How often workers have left the message to others.</param>
internal sealed record WorkHeaders(string Epoch, string? Catalogue = null, string? NotBy = null, long Palettes = 0, long Lefts = 0);

/// <summary>The headers of a message of results.</summary>
/// <param name="Epoch">The epoch of the run; null when the message does not say.</param>
/// <param name="Settings">The fingerprint of the settings that the results were made with; null from a version that does not say.</param>
/// <param name="Worker">The worker, random for each process; null likewise.</param>
internal sealed record ResultHeaders(string? Epoch, string? Settings = null, string? Worker = null);
