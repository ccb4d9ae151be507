using Microsoft.Extensions.Logging;

namespace PaletteEtl.Service;

/// <summary>The log lines of the service between its runs.</summary>
internal static partial class ServiceLog
{
    [LoggerMessage(158, LogLevel.Information, "The service is paused: it reads no movies until it is resumed.")]
    public static partial void IsPaused(ILogger log);

    [LoggerMessage(159, LogLevel.Information, "The service is resumed.")]
    public static partial void IsResumed(ILogger log);

    [LoggerMessage(160, LogLevel.Information, "{Problem:l}")]
    public static partial void StandsBy(ILogger log, string problem);

    [LoggerMessage(161, LogLevel.Information, "The other service has ended. This one leads now.")]
    public static partial void TakesOver(ILogger log);

    [LoggerMessage(144, LogLevel.Information, "The catalogue is available again.")]
    public static partial void UsableAgain(ILogger log);

    [LoggerMessage(141, LogLevel.Warning, "{Problem:l} Trying again in {Seconds} s.")]
    public static partial void Unusable(ILogger log, string problem, double seconds);

    [LoggerMessage(157, LogLevel.Warning, "The time of the host for its shutdown ended before the drain did: movies in flight are dropped, and committed palettes stay. Set HostOptions.ShutdownTimeout to more than Etl:DrainTimeout.")]
    public static partial void ShutdownTooShort(ILogger log);
}
