using Etl.Pipeline;
using Microsoft.Extensions.Logging;

namespace Etl.Telemetry;

/// <summary>All log messages.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Filling in the missing palettes of {Database} from {Locations}.")]
    public static partial void RunStarted(ILogger log, string database, IEnumerable<string> locations);

    public static void RunEnded(ILogger log, RunReport report) => RunEnded(
        log, report.Ending, report.Read, report.Written, report.DeadLetters, report.Superseded, report.Skipped,
        report.Abandoned, report.Elapsed);

    [LoggerMessage(2, LogLevel.Information,
        "The run {Ending}: read {Read}, written {Written}, dead letters {DeadLetters}, superseded {Superseded}, "
        + "skipped {Skipped}, abandoned {Abandoned}, in {Elapsed}.")]
    private static partial void RunEnded(
        ILogger log, RunEnding ending, long read, long written, long deadLetters, long superseded, long skipped,
        long abandoned, TimeSpan elapsed);

    [LoggerMessage(3, LogLevel.Debug,
        "A batch was committed: written {Written}, dead letters {DeadLetters}, superseded {Superseded}, skipped {Skipped}.")]
    public static partial void BatchWritten(ILogger log, long written, long deadLetters, long superseded, long skipped);

    [LoggerMessage(4, LogLevel.Warning, "{DeadLetters} movies of a batch became dead letters: {Reasons}.")]
    public static partial void DeadLettersWritten(ILogger log, long deadLetters, string reasons);
}
