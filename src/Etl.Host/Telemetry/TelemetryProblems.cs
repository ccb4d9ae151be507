using Microsoft.Extensions.Logging;

namespace Etl.Host.Telemetry;

/// <summary>Tells of standard variables that mean nothing here.</summary>
internal static partial class TelemetryProblems
{
    public static void Tell(ILogger log, OtlpSettings settings)
    {
        if (settings.Problems.Any())
        {
            Problem(log, string.Join("; ", settings.Problems));
        }
    }

    [LoggerMessage(122, LogLevel.Warning, "{Problem}.")]
    private static partial void Problem(ILogger log, string problem);
}
