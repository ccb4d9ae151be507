using Etl.Query;
using Etl.Telemetry;
using Microsoft.Data.Sqlite;

namespace Etl.Pipeline;

/// <summary>Counts, beside a run, the movies it has before it; the run does not wait for that.</summary>
internal static class MovieCount
{
    public static Task StartAsync(IMovieSource movies, RunMonitor run, CancellationToken ended) =>
        Task.Run(() => Count(movies, run, ended), CancellationToken.None);

    private static void Count(IMovieSource movies, RunMonitor run, CancellationToken ended)
    {
        try
        {
            run.Counted(movies.CountMissing(ended));
        }
        catch (Exception error) when (error is OperationCanceledException or CatalogueException or SqliteException)
        {
            // The run goes without a total; it says itself what is wrong with the catalogue.
        }
    }
}
