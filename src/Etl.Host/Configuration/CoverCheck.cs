using Microsoft.Extensions.Options;
using PaletteEtl.Covers;

namespace Etl.Host.Configuration;

/// <summary>Checks that a cover is found for at least one of the first movies whose palette is missing, and finds the names that
/// others probably have by mistake.</summary>
internal sealed class CoverCheck(ICoverSource covers, IOptions<EtlOptions> options)
{
    private const string Subject = "covers";
    private const int MaxNames = 3;

    /// <summary>The findings. Servers are asked until the first cover is found, and folders for every movie.</summary>
    public async Task<IReadOnlyList<Finding>> RunAsync(IReadOnlyList<Movie> missing)
    {
        bool isLocal = options.Value.Fetch.Locations.All(static location => !new LocationTemplate(location).IsUrl);
        Movie? found = null;
        var problems = new List<CoverException>();
        foreach (Movie movie in missing.TakeWhile(_ => isLocal || found is null))
        {
            CoverException? problem = await ProblemOfAsync(movie);
            if (problem is null)
            {
                found ??= movie;
            }
            else if (problem.Reason is FailureReason.Timeout or FailureReason.Unreachable)
            {
                return [new(Subject, IsFine: false, problem.Message)]; // the others would take as long
            }
            else
            {
                problems.Add(problem);
            }
        }

        CoverException[] near = [.. problems.Where(static problem => problem.NearMiss is not null)];
        Finding cover = CoverOf(missing.Count, found, near.Concat(problems).FirstOrDefault());
        return found is null || near.Length == 0 ? [cover] : [cover, NamesOf(missing.Count, near)];
    }

    private static Finding CoverOf(int tried, Movie? found, CoverException? problem) =>
        found is not null ? new(Subject, IsFine: true, $"the cover of movie {found.Id} is found")
        : problem is null ? new(Subject, IsFine: true, "no palette is missing, so none is needed")
        : new(
            Subject,
            IsFine: false,
            $"No cover found for the first {(tried == 1 ? "movie" : $"{tried} movies")} without a palette: {problem.Message} Set Etl:Fetch:Locations.");

    private static Finding NamesOf(int tried, CoverException[] near)
    {
        string more = near.Length > MaxNames ? $" ({near.Length - MaxNames} more)" : "";
        string names = string.Join(" ", near.Take(MaxNames).Select(static problem => problem.Message));
        return new(Subject, IsFine: false, $"{near.Length} of the first {tried} movies without a palette have a cover by another name: {names}{more}")
        {
            IsOptional = true,
        };
    }

    private async Task<CoverException?> ProblemOfAsync(Movie movie)
    {
        var budget = new MemoryBudget(options.Value.Fetch.MemoryBudgetBytes);
        using var reservation = new Reservation(budget);
        try
        {
            // How the movie failed before is no matter here: the cover is wanted whether it has changed or not.
            using Cover? cover = (await covers.FetchAsync(movie with { Previous = null }, reservation, CancellationToken.None)).Cover;
            return null;
        }
        catch (CoverException error)
        {
            return error;
        }
    }
}
