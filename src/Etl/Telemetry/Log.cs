using Microsoft.Extensions.Logging;

namespace PaletteEtl.Telemetry;

/// <summary>All log messages.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Filling in the missing palettes of {Database} from {Locations}.")]
    public static partial void RunStarted(ILogger log, string database, IEnumerable<string> locations);

    /// <summary>The totals of a run, and before them the fault that ended it, if one did.</summary>
    public static void RunEnded(ILogger log, in RunEnd end)
    {
        if (end.Fault is { } fault)
        {
            RunFaulted(log, fault.Message);
        }

        RunEnded(
            log, end.Ending, end.Read, end.Totals.Written, end.Totals.DeadLetters, end.Totals.Superseded, end.Totals.Skipped, end.Abandoned,
            end.Elapsed.TotalSeconds);
        if (end.Totals.Current > 0)
        {
            PalettesCurrent(log, end.Totals.Current);
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

    [LoggerMessage(2, LogLevel.Information,
        "The run {Ending}: read {Read}, written {Written}, dead letters {DeadLetters}, superseded {Superseded}, "
        + "skipped {Skipped}, abandoned {Abandoned}, in {Seconds:0.0} s.")]
    private static partial void RunEnded(
        ILogger log, string ending, long read, long written, long deadLetters, long superseded, long skipped,
        long abandoned, double seconds);

    [LoggerMessage(9, LogLevel.Information, "Palettes that are current, because their cover has not changed: {Movies}.")]
    private static partial void PalettesCurrent(ILogger log, long movies);

    /// <summary>A committed batch, and its new dead letters by reason.</summary>
    public static void BatchWritten(ILogger log, BatchResult batch, IReadOnlyList<Outcome> outcomes)
    {
        BatchWritten(log, batch.Written, batch.DeadLetters, batch.Superseded, batch.Skipped);
        if (batch.Damaged > 0)
        {
            DamagedWritten(log, batch.Damaged);
        }

        if (batch.DeadLetters > 0)
        {
            IEnumerable<string> reasons = outcomes
                .Where(static outcome => outcome.Failure is not null)
                .CountBy(static outcome => outcome.Failure!.Reason)
                .Select(static count => $"{count.Value} {count.Key.Name()}");
            DeadLettersWritten(log, string.Join(", ", reasons));
        }
    }

    [LoggerMessage(3, LogLevel.Debug,
        "A batch was committed: written {Written}, dead letters {DeadLetters}, superseded {Superseded}, skipped {Skipped}.")]
    private static partial void BatchWritten(ILogger log, long written, long deadLetters, long superseded, long skipped);

    [LoggerMessage(4, LogLevel.Warning, "Movies of a batch became dead letters: {Reasons}.")]
    private static partial void DeadLettersWritten(ILogger log, string reasons);

    [LoggerMessage(8, LogLevel.Warning, "Covers of a batch were damaged, and their palettes are written: {Damaged}.")]
    private static partial void DamagedWritten(ILogger log, long damaged);

    [LoggerMessage(5, LogLevel.Warning,
        "The server {Server} keeps failing. Requests to it fail with unreachable for {Seconds} s.")]
    public static partial void ServerLeftAlone(ILogger log, string server, double seconds);

    /// <summary>The message of a run that a fault has ended, which a program on a console may tell by itself.</summary>
    public const string RunFailed = "The run failed: {Error}";

    [LoggerMessage(7, LogLevel.Error, RunFailed)]
    private static partial void RunFaulted(ILogger log, string error);

    [LoggerMessage(6, LogLevel.Information, "The server {Server} answers again.")]
    public static partial void ServerAnswers(ILogger log, string server);
}
