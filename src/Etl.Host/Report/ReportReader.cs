using System.Globalization;
using Etl.Host.Commands;
using Etl.Host.Thumbnails;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Hosting;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.Host.Report;

/// <summary>Gathers what a report shows: counts, palettes with their covers, and failures.</summary>
internal sealed class ReportReader(IOptions<EtlOptions> options, ThumbnailSource thumbnails, TimeProvider clock)
{
    private const int Examples = 5;

    /// <exception cref="CatalogueException">The catalogue cannot be read.</exception>
    public async Task<CatalogueReport> ReadAsync(int count)
    {
        (CatalogueStatus status, IReadOnlyList<(MovieId, Palette)> palettes, IReadOnlyList<FailureGroup> failures) =
            SqliteCatalogue.Use(options.Value, SqliteOpenMode.ReadOnly, catalogue =>
            {
                CatalogueStatus status = CatalogueStatus.Read(catalogue);
                return (status, PaletteSpread.Take(catalogue, status.Done, count), Failures(catalogue, status));
            });
        return new CatalogueReport(
            options.Value.Query.Database,
            options.Value.Query.Table,
            clock.GetLocalNow().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
            status.Movies,
            status.Missing,
            await GalleryAsync(palettes),
            failures);
    }

    private async Task<IReadOnlyList<GalleryMovie>> GalleryAsync(IReadOnlyList<(MovieId Id, Palette Palette)> palettes)
    {
        var gallery = new GalleryMovie[palettes.Count];
        await Parallel.ForAsync(0, gallery.Length, async (i, cancellationToken) =>
        {
            Thumbnail? cover = await thumbnails.TryMakeAsync(palettes[i].Id, cancellationToken);
            gallery[i] = new GalleryMovie(palettes[i].Id.ToString(), ImageJson.Colors(palettes[i].Palette), cover?.DataUri);
        });
        return gallery;
    }

    private static FailureGroup[] Failures(SqliteCatalogue catalogue, CatalogueStatus status)
    {
        Dictionary<string, List<FailureGroup.Example>> examples = status.DeadLetters.ToDictionary(
            letters => letters.Reason, _ => new List<FailureGroup.Example>());
        foreach (StoredDeadLetter letter in StoredDeadLetters.Read(catalogue, reason: null))
        {
            if (examples.TryGetValue(letter.Reason, out List<FailureGroup.Example>? some) && some.Count < Examples)
            {
                some.Add(new FailureGroup.Example(letter.MovieId.ToString(), letter.Message));
            }
        }

        return [.. status.DeadLetters.Select(letters => new FailureGroup(letters.Reason, letters.Count, examples[letters.Reason]))];
    }
}
