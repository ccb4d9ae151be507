using System.Collections.Concurrent;
using PaletteEtl.Covers;
using PaletteEtl.Model;

namespace Etl.Contracts.Covers;

/// <summary>Covers in memory. Safe for concurrent use.</summary>
public sealed class MemoryCovers : ICoverSource
{
    private readonly ConcurrentDictionary<string, (byte[] Bytes, CoverVersion Version)> _covers = new(StringComparer.Ordinal);
    private long _changes;

    /// <summary>Adds a movie's cover, or changes it, which gives it a version of its own.</summary>
    public void Put(string id, ReadOnlySpan<byte> bytes) =>
        _covers[id] = (bytes.ToArray(), new CoverVersion(bytes.Length, Modified: null, $"\"{Interlocked.Increment(ref _changes)}\""));

    public async ValueTask<FetchResult> FetchAsync(Movie movie, Reservation memory, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (movie.Id.Text is not { } name)
        {
            return movie.Previous?.StandsFor(version: null) == true
                ? FetchResult.Unchanged(version: null)
                : throw new CoverException(FailureReason.InvalidId, $"The id {movie.Id} names no cover.");
        }

        if (!_covers.TryGetValue(name, out (byte[] Bytes, CoverVersion Version) cover))
        {
            return FetchResult.None;
        }

        if (cover.Version == movie.KnownVersion)
        {
            return FetchResult.Unchanged(cover.Version);
        }

        if (cover.Bytes.Length > memory.Limit)
        {
            throw new CoverException(FailureReason.TooLarge, $"The cover has {cover.Bytes.Length} bytes; {memory.Limit} are allowed.")
            {
                Version = cover.Version,
            };
        }

        await memory.TakeAsync(cover.Bytes.Length, cancellationToken);
        return FetchResult.Of(Cover.Of(cover.Bytes, cover.Version, memory));
    }
}
