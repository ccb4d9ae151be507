using PaletteEtl.Catalogue;

namespace PaletteEtl.Service;

/// <summary>The movies of the service's next run: those whose palette is missing, or a slice of those whose palette may be stale.</summary>
/// <param name="missing">The movies whose palette is missing.</param>
/// <param name="stale">The movies whose palette may be stale; null if none is made again.</param>
internal sealed class ServiceMovieSource(DueMovieSource missing, StalePasses? stale) : IMovieSource, IDisposable
{
    private IMovieSource _next = missing;

    public DueMovieSource Missing => missing;

    public StalePasses? Stale => stale;

    /// <summary>Whether the next run is for palettes that may be stale.</summary>
    public bool IsSlice => _next == stale;

    /// <summary>Whether every movie has been read that runs read: a pass over missing palettes found all of them due, and one over stale
    /// palettes has ended.</summary>
    public bool IsComplete => missing.IsComplete && stale?.HasCheckedAll != false;

    /// <summary>Starts a pass over the missing palettes. Returns whether a movie is due.</summary>
    /// <exception cref="CatalogueException">The catalogue cannot be read.</exception>
    public bool StartPass(CancellationToken draining)
    {
        _next = missing;
        return missing.StartPass(draining);
    }

    /// <summary>Starts a slice of the stale palettes, if it is due. Returns whether it has a movie.</summary>
    /// <exception cref="CatalogueException">The catalogue cannot be read.</exception>
    public bool StartSlice()
    {
        if (stale is null || !stale.IsDue || !stale.StartSlice())
        {
            return false;
        }

        _next = stale;
        return true;
    }

    public IEnumerable<Movie> ReadMissing(CancellationToken draining) => _next.ReadMissing(draining);

    public long CountMissing(CancellationToken cancellationToken) => _next.CountMissing(cancellationToken);

    public void Dispose()
    {
        missing.Dispose();
        stale?.Dispose();
    }
}
