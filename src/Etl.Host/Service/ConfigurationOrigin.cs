using Etl.Host.Configuration;

namespace Etl.Host.Service;

/// <summary>Where the service's configuration comes from.</summary>
/// <param name="First">As it was at the start.</param>
/// <param name="File">The full path of its file; null when there is none.</param>
/// <param name="Load">Reads it anew.</param>
internal sealed record ConfigurationOrigin(EtlConfiguration First, string? File, Func<EtlConfiguration> Load);
