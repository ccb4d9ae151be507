using Microsoft.Extensions.Options;
using PaletteEtl.Catalogue;
using PaletteEtl.Covers;

namespace Etl.Host.Configuration;

/// <summary>Checks that a cover is found for at least one of the first movies whose palette is missing.</summary>
internal sealed class CoverCheck(IMovieSource movies, ICoverSource covers, IOptions<EtlOptions> options)
{
    private const string Subject = "covers";
    private const int MoviesTried = 20;

    public async Task<Finding> RunAsync()
    {
        Movie[] missing;
        try
        {
            missing = [.. movies.ReadMissing(CancellationToken.None).Take(MoviesTried)];
        }
        catch (CatalogueException error)
        {
            return new(Subject, IsFine: false, error.Message);
        }

        CoverException? first = null;
        foreach (Movie movie in missing)
        {
            CoverException? problem = await ProblemOfAsync(movie);
            switch (problem?.Reason)
            {
                case null:
                    return new(Subject, IsFine: true, $"the cover of movie {movie.Id} is found");
                case FailureReason.Timeout or FailureReason.Unreachable:
                    return new(Subject, IsFine: false, problem.Message); // the others would take as long
            }

            first ??= problem;
        }

        return first is null
            ? new(Subject, IsFine: true, "no palette is missing, so none is needed")
            : new(Subject, IsFine: false, NoneFound(missing.Length, first.Message));
    }

    private static string NoneFound(int tried, string problem) =>
        $"No cover found for the first {(tried == 1 ? "movie" : $"{tried} movies")} without a palette: {problem} Set Etl:Fetch:Locations.";

    private async Task<CoverException?> ProblemOfAsync(Movie movie)
    {
        var budget = new MemoryBudget(options.Value.Fetch.MemoryBudgetBytes);
        using var reservation = new Reservation(budget);
        try
        {
            // How the movie failed before is no matter here: the cover is wanted whether it has changed or not.
            using Cover? cover = (await covers.FetchAsync(movie.Id, previous: null, reservation, CancellationToken.None)).Cover;
            return null;
        }
        catch (CoverException error)
        {
            return error;
        }
    }
}
