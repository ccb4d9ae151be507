using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Covers;
using PaletteEtl.Palettes;
using PaletteEtl.Service;

namespace Etl.Host.Explain;

/// <summary>Explains a movie: its rows, its cover, and what the next run does with them. Changes nothing.</summary>
/// <param name="catalogue">The catalogue.</param>
/// <param name="options">The options of the catalogue.</param>
/// <param name="examiner">Examines covers.</param>
/// <param name="schedule">Says when a service retries movies.</param>
/// <param name="hasWorkers">Whether other machines fetch the covers.</param>
/// <param name="clock">The time.</param>
internal sealed class MovieExplainer(
    SqliteCatalogue catalogue, CatalogueOptions options, CoverExaminer examiner, RetrySchedule schedule, bool hasWorkers, TimeProvider clock)
{
    /// <summary>Maximum number of rows with one id whose covers are examined.</summary>
    private const int MaxRows = 5;

    /// <summary>The explainer of a pipeline.</summary>
    /// <param name="pipeline">The services of the pipeline.</param>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="schedule">Says when a service retries movies.</param>
    /// <param name="hasWorkers">Whether other machines fetch the covers.</param>
    public static MovieExplainer Of(IServiceProvider pipeline, SqliteCatalogue catalogue, RetrySchedule schedule, bool hasWorkers)
    {
        TimeProvider clock = pipeline.GetRequiredService<TimeProvider>();
        var examiner = new CoverExaminer(
            (LocatedCoverSource)pipeline.GetRequiredService<ICoverSource>(), // no command replaces or decorates it
            pipeline.GetRequiredService<IQuantizer>(),
            pipeline.GetRequiredService<IOptions<EtlOptions>>().Value,
            clock);
        return new MovieExplainer(catalogue, pipeline.GetRequiredService<CatalogueOptions>(), examiner, schedule, hasWorkers, clock);
    }

    /// <summary>Explains the movie of an id; null if there is none.</summary>
    /// <param name="id">The id as it reads.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="CatalogueException">The catalogue cannot be read.</exception>
    public async Task<Explanation?> ExplainAsync(string id, CancellationToken cancellationToken)
    {
        MovieRows found = MovieRows.Find(catalogue, id, MaxRows);
        var covers = new Dictionary<string, CoverExamination>(StringComparer.Ordinal); // rows with one id mostly share their cover
        var rows = new List<RowExplanation>();
        foreach (MovieRow row in found.Rows)
        {
            if (!covers.TryGetValue(row.Movie.Location ?? "", out CoverExamination? cover))
            {
                covers[row.Movie.Location ?? ""] = cover = await examiner.ExamineAsync(row.Movie, cancellationToken);
            }

            var facts = new RowFacts(row, cover)
            {
                IsUnchanged = row.Read is { } movie && await examiner.IsUnchangedAsync(movie, cancellationToken),
                IsSettingsStale = row.Provenance is { } made ? MadeWith.Parse(made.Settings).IsOutdated(options.MadeWith) : null,
            };
            rows.Add(new RowExplanation(facts, NextRun.Of(facts, options.Query, hasWorkers), NextAt(row.Movie)));
        }

        return found.Count == 0 ? null : new Explanation(id, options.MadeWith.ToString(), found.Count, rows);
    }

    private DateTimeOffset? NextAt(Movie movie) =>
        movie.Previous is not null && schedule.DueAt(movie.Id, movie.Previous) is var due && due > clock.GetUtcNow() ? due : null;
}
