using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Covers;

namespace Etl.Host.Run;

/// <summary>The palettes that are no longer what a run would make.</summary>
/// <param name="Settings">Palettes made with other settings; null if not counted.</param>
/// <param name="Covers">Palettes whose cover has changed; null if not counted.</param>
/// <param name="Unreadable">Palettes whose cover cannot be read now; null if not counted.</param>
internal sealed record StaleCount(long? Settings = null, long? Covers = null, long? Unreadable = null)
{
    /// <summary>Counts the palettes made with other settings, from the database alone.</summary>
    public static StaleCount OfSettings(SqliteCatalogue catalogue) => new(Settings: catalogue.Provenance.CountOutdated());

    /// <summary>Also counts the palettes whose cover has changed. A cover is read only if its version differs from the recorded one: by the
    /// status of a file, or by a conditional request.</summary>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="covers">The covers.</param>
    /// <param name="options">The limits of fetching.</param>
    /// <param name="stopping">Ends the count.</param>
    public async Task<StaleCount> WithCoversAsync(
        SqliteCatalogue catalogue, ICoverSource covers, FetchOptions options, CancellationToken stopping)
    {
        var budget = new MemoryBudget(options.MemoryBudgetBytes);
        (long stale, long unreadable) = (0, 0);
        await Parallel.ForEachAsync(
            catalogue.Provenance.Read(RefreshKind.Covers, adopt: false, stopping),
            new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism, CancellationToken = stopping },
            async (movie, cancelled) =>
            {
                using var memory = new Reservation(budget);
                try
                {
                    FetchResult fetched = await covers.FetchAsync(movie with { Previous = null }, memory, cancelled);
                    using Cover? cover = fetched.Cover;
                    if (cover is not null && !movie.Provenance!.IsOf(ContentHash.Of(cover.Bytes)))
                    {
                        Interlocked.Increment(ref stale);
                    }
                }
                catch (CoverException)
                {
                    Interlocked.Increment(ref unreadable);
                }
            });
        return this with { Covers = stale, Unreadable = unreadable };
    }
}
