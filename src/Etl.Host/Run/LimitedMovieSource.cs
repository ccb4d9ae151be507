using PaletteEtl.Catalogue;

namespace Etl.Host.Run;

/// <summary>The first movies of another source.</summary>
internal sealed class LimitedMovieSource(IMovieSource source, long limit) : IMovieSource
{
    public IEnumerable<Movie> ReadMissing(CancellationToken draining)
    {
        long left = limit;
        foreach (Movie movie in source.ReadMissing(draining))
        {
            yield return movie;
            if (--left == 0)
            {
                yield break;
            }
        }
    }

    public long CountMissing(CancellationToken cancellationToken) => Math.Min(limit, source.CountMissing(cancellationToken));
}
