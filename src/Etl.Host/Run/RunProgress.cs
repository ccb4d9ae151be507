using Etl.Pipeline;
using Etl.Query;
using Etl.Telemetry;

namespace Etl.Host.Run;

/// <summary>How far a run is: its report so far, and how many movies there are, once they are counted.</summary>
internal sealed class RunProgress(RunMonitor run, IMovieSource movies) : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private Task<long?> _counting = Task.FromResult<long?>(null);

    public RunReport Report => run.Report();

    /// <summary>Movies whose palette was missing at the start; null until they are counted.</summary>
    public long? Total => _counting is { IsCompletedSuccessfully: true } ? _counting.GetAwaiter().GetResult() : null;

    /// <summary>Starts counting; the run need not wait for it.</summary>
    public void CountMovies() => _counting = CountAsync();

    /// <summary>Time left at the speed so far; null when it cannot be told.</summary>
    public static TimeSpan? Left(RunReport report, long? total)
    {
        long settled = report.Read - report.InFlight;
        return total >= settled && settled > 0 ? report.Elapsed * ((double)(total.Value - settled) / settled) : null;
    }

    /// <summary>Ends the counting, should it still go on.</summary>
    public async Task StopAsync()
    {
        await _ended.CancelAsync();
        await _counting;
    }

    public void Dispose() => _ended.Dispose();

    private async Task<long?> CountAsync()
    {
        try
        {
            await run.Opened.WaitAsync(_ended.Token);
            return movies.CountMissing(_ended.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or CatalogueException or Microsoft.Data.Sqlite.SqliteException)
        {
            return null; // progress goes without a total; the run itself says what is wrong with the catalogue
        }
    }
}
