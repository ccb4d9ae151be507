using Etl.Host.Commands;
using Microsoft.Extensions.Logging;
using PaletteEtl.Catalogue;

namespace Etl.Host.Run;

/// <summary>The movies of another source that have one of some ids. Warns of each id that none has.</summary>
internal sealed class SelectedMovieSource(IMovieSource source, IEnumerable<string> ids, ILogger log) : IMovieSource
{
    private readonly ResetSelection _selection = ResetSelection.Of(ids);

    public IEnumerable<Movie> ReadMissing(CancellationToken draining)
    {
        HashSet<string> unread = [.. _selection.Ids!];
        foreach (Movie movie in source.ReadMissing(draining).Where(IsSelected))
        {
            unread.Remove(movie.Id.Text!);
            yield return movie;
        }

        if (!draining.IsCancellationRequested)
        {
            foreach (string id in unread.Order(StringComparer.Ordinal))
            {
                RunLog.Warning(log, $"No movie whose palette is missing has the id {Printable.Line(id)}.");
            }
        }
    }

    public long CountMissing(CancellationToken cancellationToken) => source.ReadMissing(cancellationToken).LongCount(IsSelected);

    private bool IsSelected(Movie movie) => _selection.Includes(movie.Id);
}
