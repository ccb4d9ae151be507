using PaletteEtl.Model;

namespace PaletteEtl.Covers;

/// <summary>Where covers come from. Used by many workers at once.</summary>
internal interface ICoverSource
{
    /// <summary>The movie's cover, the caller's to dispose. Its bytes are reserved before the first is read.</summary>
    /// <exception cref="CoverException">There is none, or it must not be read, or it failed before and has not changed.</exception>
    ValueTask<Cover> FetchAsync(Movie movie, Reservation reservation, CancellationToken cancellationToken);
}
