using Microsoft.Extensions.Logging;

namespace Etl.Host.Run;

/// <summary>Messages to the user as log lines.</summary>
internal static partial class RunLog
{
    [LoggerMessage(131, LogLevel.Information, "{Line:l}")]
    public static partial void Line(ILogger log, string line);

    [LoggerMessage(132, LogLevel.Warning, "{Line:l}")]
    public static partial void Warning(ILogger log, string line);
}
