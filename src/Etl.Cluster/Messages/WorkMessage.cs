namespace Etl.Cluster.Messages;

/// <summary>Movies for a worker, and what it goes by.</summary>
/// <param name="Settings">The run's settings.</param>
/// <param name="Movies">The movies.</param>
internal sealed record WorkMessage(ExtractionSettings Settings, WantedMovie[] Movies);
