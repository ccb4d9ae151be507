using PaletteEtl.Service;

namespace Etl.Host.Web;

/// <summary>The speed of the service at one moment.</summary>
/// <param name="Window">Time of the rates.</param>
/// <param name="Before">The service at the beginning of that time.</param>
/// <param name="MoviesPerSecond">Movies settled in a second; skipped movies and those that failed again do not count.</param>
/// <param name="Left">Estimated time until no movie is pending; null when it is unknown, and while the service is stalled.</param>
/// <param name="Stalled">How long movies in flight have not moved; null unless that is long.</param>
internal readonly record struct ServiceSpeed(TimeSpan Window, ServiceSnapshot Before, double MoviesPerSecond, TimeSpan? Left, TimeSpan? Stalled);
