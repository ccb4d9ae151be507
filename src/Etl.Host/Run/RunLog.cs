using Microsoft.Extensions.Logging;

namespace Etl.Host.Run;

/// <summary>What a user is told as a log line.</summary>
internal static partial class RunLog
{
    [LoggerMessage(131, LogLevel.Information, "{Line}")]
    public static partial void Told(ILogger log, string line);
}
