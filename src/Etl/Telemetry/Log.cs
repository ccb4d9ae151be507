using Microsoft.Extensions.Logging;

namespace PaletteEtl.Telemetry;

/// <summary>All log messages.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 1, Message = "Filling in the missing palettes of {Database:l} from {Locations:l}.")]
    public static partial void RunStarted(ILogger log, LogLevel level, string database, string locations);

    /// <summary>The totals of a run, and before them the fault that ended it, if one did.</summary>
    /// <param name="log">The logger.</param>
    /// <param name="level">The level of the totals.</param>
    /// <param name="end">The end of the run.</param>
    public static void RunEnded(ILogger log, LogLevel level, in RunEnd end)
    {
        if (end.Fault is { } fault)
        {
            RunFaulted(log, fault.Message);
        }

        RunEnded(
            log, level, end.Ending, end.Read, end.Totals.Written, end.Totals.DeadLetters, end.Totals.Superseded, end.Totals.Skipped, end.Abandoned,
            end.Elapsed.TotalSeconds);
        if (end.Totals.Current > 0)
        {
            PalettesCurrent(log, level, end.Totals.Current);
        }

        if (end.SupersededMissing > 0)
        {
            SupersededMissing(log, end.SupersededMissing);
        }
    }

    [LoggerMessage(8, LogLevel.Warning,
        "Superseded movies that still lack a palette: {Movies}. Several rows have the id of such a movie now, or its row has "
        + "another id; the next run reads the rows again.")]
    private static partial void SupersededMissing(ILogger log, long movies);

    [LoggerMessage(EventId = 2, Message =
        "The run {Ending:l}: read {Read}, written {Written}, dead letters {DeadLetters}, superseded {Superseded}, "
        + "skipped {Skipped}, abandoned {Abandoned}, in {Seconds:0.0} s.")]
    private static partial void RunEnded(
        ILogger log, LogLevel level, string ending, long read, long written, long deadLetters, long superseded, long skipped,
        long abandoned, double seconds);

    [LoggerMessage(EventId = 9, Message = "Palettes that are current, because their cover has not changed: {Movies}.")]
    private static partial void PalettesCurrent(ILogger log, LogLevel level, long movies);

    /// <summary>A committed batch, and its new dead letters by reason.</summary>
    /// <param name="log">The logger.</param>
    /// <param name="level">The level of failures and damage.</param>
    /// <param name="batch">The sums of the outcomes.</param>
    /// <param name="outcomes">The outcomes.</param>
    public static void BatchWritten(ILogger log, LogLevel level, BatchResult batch, IReadOnlyList<Outcome> outcomes)
    {
        BatchWritten(log, batch.Written, batch.DeadLetters, batch.Superseded, batch.Skipped);
        if (batch.Damaged > 0)
        {
            DamagedWritten(log, level, batch.Damaged);
        }

        if (batch.DeadLetters > 0)
        {
            string reasons = string.Join(", ", outcomes
                .Where(static outcome => outcome.Failure is not null)
                .CountBy(static outcome => outcome.Failure!.Reason)
                .Select(static count => $"{count.Value} {count.Key.Name()}"));
            DeadLettersWritten(log, level, reasons);
        }
    }

    [LoggerMessage(3, LogLevel.Debug,
        "A batch was committed: written {Written}, dead letters {DeadLetters}, superseded {Superseded}, skipped {Skipped}.")]
    private static partial void BatchWritten(ILogger log, long written, long deadLetters, long superseded, long skipped);

    [LoggerMessage(EventId = 4, Message = "Movies of a batch became dead letters: {Reasons:l}.")]
    private static partial void DeadLettersWritten(ILogger log, LogLevel level, string reasons);

    [LoggerMessage(EventId = 8, Message = "Covers of a batch were damaged, and their palettes are written: {Damaged}.")]
    private static partial void DamagedWritten(ILogger log, LogLevel level, long damaged);

    [LoggerMessage(10, LogLevel.Debug, "The movie {Movie:l} failed in {Stage:l}: {Reason:l}. {Message:l}")]
    public static partial void MovieFailed(ILogger log, string? movie, string stage, string reason, string message);

    [LoggerMessage(5, LogLevel.Warning,
        "The server {Server:l} keeps failing. Requests to it fail with unreachable for {Seconds} s.")]
    public static partial void ServerLeftAlone(ILogger log, string server, double seconds);

    [LoggerMessage(11, LogLevel.Warning,
        "Covers cannot be read: {Cause:l}. Reading pauses, and movies in flight wait until a location of covers can be used.")]
    public static partial void OutageBegan(ILogger log, string cause);

    [LoggerMessage(12, LogLevel.Information, "Covers can be read again, after {Seconds:0} s.")]
    public static partial void OutageEnded(ILogger log, double seconds);

    /// <summary>The message of a run that a fault has ended, which a program on a console may tell by itself.</summary>
    public const string RunFailed = "The run failed: {Error:l}";

    [LoggerMessage(7, LogLevel.Error, RunFailed)]
    private static partial void RunFaulted(ILogger log, string error);

    [LoggerMessage(6, LogLevel.Information, "The server {Server:l} answers again.")]
    public static partial void ServerAnswers(ILogger log, string server);
}
