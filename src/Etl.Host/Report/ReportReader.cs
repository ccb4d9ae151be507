using Etl.Host.Thumbnails;
using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Palettes;

namespace Etl.Host.Report;

/// <summary>Gathers what a report shows: counts, palettes with their covers, and failures.</summary>
internal sealed class ReportReader(CatalogueOptions options, ThumbnailSource thumbnails, TimeProvider clock)
{
    private const int Examples = 5;

    /// <exception cref="CatalogueException">The catalogue cannot be read.</exception>
    public async Task<CatalogueReport> ReadAsync(int count)
    {
        var catalogue = new SqliteCatalogue(options);
        CatalogueStatus status = catalogue.Status.Read();
        IReadOnlyList<(Movie, Palette)> palettes = PaletteSpread.Take(catalogue, status.Done, count);
        IReadOnlyList<ReasonExamples> failures = Failures(catalogue.DeadLetters, status);
        return new CatalogueReport(
            options.Query.Database,
            options.Query.Table,
            clock.GetUtcNow(),
            status.Movies,
            status.Missing,
            catalogue.Provenance.CountBySettings(),
            await GalleryAsync(palettes),
            failures);
    }

    private async Task<IReadOnlyList<GalleryMovie>> GalleryAsync(IReadOnlyList<(Movie Movie, Palette Palette)> palettes)
    {
        var gallery = new GalleryMovie[palettes.Count];
        await Parallel.ForAsync(0, gallery.Length, async (i, cancellationToken) =>
        {
            Thumbnail? cover = await thumbnails.TryMakeAsync(palettes[i].Movie, cancellationToken);
            gallery[i] = new GalleryMovie(palettes[i].Movie.Id.Shown, palettes[i].Palette, cover?.DataUri);
        });
        return gallery;
    }

    private static ReasonExamples[] Failures(IDeadLetters letters, CatalogueStatus status)
    {
        Dictionary<string, List<ReasonExamples.Example>> examples = status.DeadLetters.ToDictionary(
            reason => reason.Reason, _ => new List<ReasonExamples.Example>());
        foreach (StoredDeadLetter letter in letters.Read())
        {
            if (examples.TryGetValue(letter.Reason, out List<ReasonExamples.Example>? some) && some.Count < Examples)
            {
                some.Add(new ReasonExamples.Example(letter.MovieId.Shown, letter.Message));
            }
        }

        return [.. status.DeadLetters.Select(reason => new ReasonExamples(reason.Reason, reason.Count, examples[reason.Reason]))];
    }
}
