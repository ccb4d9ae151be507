using PaletteEtl.Palettes;

namespace Etl.Host.Web;

/// <summary>The newest palettes that the service has written, numbered in the order of their commits.</summary>
internal sealed class PaletteFeed
{
    /// <summary>Palettes kept.</summary>
    public const int Capacity = 512;

    private readonly Lock _gate = new();
    private readonly FreshPalette[] _ring = new FreshPalette[Capacity];
    private long _last;

    /// <summary>The number of the newest; 0 when there is none.</summary>
    public long Last => Interlocked.Read(ref _last);

    /// <summary>A batch is committed.</summary>
    public void Add(ReadOnlySpan<Item<Palette>> batch, ReadOnlySpan<Outcome> outcomes, DateTimeOffset at)
    {
        lock (_gate)
        {
            for (int i = 0; i < batch.Length; i++)
            {
                if (outcomes[i].Kind == OutcomeKind.Written)
                {
                    _ring[++_last % Capacity] = new FreshPalette(_last, batch[i].Movie, batch[i].Value, at);
                }
            }
        }
    }

    /// <summary>The movie with an id whose palette is among them; null if there is none.</summary>
    public Movie? Find(string id)
    {
        lock (_gate)
        {
            return Array.Find(_ring, fresh => fresh.Movie?.Id.Text == id).Movie;
        }
    }

    /// <summary>The newest after a number, at most so many, in order.</summary>
    public FreshPalette[] After(long sequence, int count)
    {
        lock (_gate)
        {
            // A number of an earlier process may be ahead of this one's.
            long from = sequence < 0 || sequence > _last ? 0 : sequence;
            int found = (int)Math.Min(Math.Min(_last - from, count), Capacity);
            return [.. Enumerable.Range(1, found).Select(i => _ring[(_last - found + i) % Capacity])];
        }
    }
}
