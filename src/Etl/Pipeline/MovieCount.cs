using PaletteEtl.Catalogue;

namespace PaletteEtl.Pipeline;

/// <summary>Counts, beside a run, the movies it has before it; the run does not wait for that.</summary>
internal static class MovieCount
{
    public static Task StartAsync(IMovieSource movies, EtlRun run, CancellationToken ended) =>
        Task.Run(() => Count(movies, run, ended), CancellationToken.None);

    private static void Count(IMovieSource movies, EtlRun run, CancellationToken ended)
    {
        try
        {
            run.Counted(movies.CountMissing(ended));
        }
        catch (Exception error) when (error is OperationCanceledException or CatalogueException)
        {
            // The run goes without a total; it says itself what is wrong with the catalogue.
        }
    }
}
