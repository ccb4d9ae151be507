using PaletteEtl.Catalogue;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.Tests.Support;

/// <summary>Keeps what is written, batch by batch, each whole or not at all.</summary>
internal sealed class RecordingSink : IPaletteSink
{
    private readonly Lock _gate = new();
    private readonly List<Item<Palette>[]> _batches = [];
    private int _calls;
    private int _closed;

    /// <summary>Called with each batch before any of it is kept.</summary>
    public Action<IReadOnlyList<Item<Palette>>> Before { get; init; } = static _ => { };

    /// <summary>Called when the sink is opened.</summary>
    public Action Opening { get; init; } = static () => { };

    /// <summary>Movies that count as filled by another program.</summary>
    public Func<int, bool> IsSuperseded { get; init; } = static _ => false;

    /// <summary>Batches that came, written or not.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>How often the sink was closed.</summary>
    public int Closed => Volatile.Read(ref _closed);

    /// <summary>The sizes of the batches written.</summary>
    public IReadOnlyList<int> BatchSizes => [.. Snapshot().Select(batch => batch.Length)];

    /// <summary>Everything written, in order.</summary>
    public IReadOnlyList<Item<Palette>> Items => [.. Snapshot().SelectMany(batch => batch)];

    /// <summary>The palettes written, by movie.</summary>
    public IReadOnlyDictionary<int, Palette> Palettes => Items
        .Where(item => item.HasValue && !IsSuperseded(Movies.Number(item.Movie)))
        .ToDictionary(item => Movies.Number(item.Movie), item => item.Value);

    /// <summary>The failures stored, by movie.</summary>
    public IReadOnlyDictionary<int, Failure> DeadLetters => Items
        .Where(item => item.Failure is not null)
        .ToDictionary(item => Movies.Number(item.Movie), item => item.Failure!);

    /// <summary>How many movies were left alone.</summary>
    public int Skipped => Items.Count(item => item.IsSkipped);

    /// <summary>How many movies another program had filled.</summary>
    public int Superseded => Items.Count(item => item.HasValue && IsSuperseded(Movies.Number(item.Movie)));

    /// <summary>The superseded movies that count as still missing.</summary>
    public long StillMissing { get; init; }

    public void Open() => Opening();

    public BatchResult Write(ReadOnlySpan<Item<Palette>> batch, Span<Outcome> outcomes)
    {
        Item<Palette>[] items = batch.ToArray();
        Interlocked.Increment(ref _calls);
        Before(items);
        lock (_gate)
        {
            _batches.Add(items);
        }

        for (int i = 0; i < items.Length; i++)
        {
            outcomes[i] = items[i] switch
            {
                { IsSkipped: true } => new(OutcomeKind.Skipped),
                { Failure: { } failure } => new(OutcomeKind.DeadLetter, failure),
                _ => new(IsSuperseded(Movies.Number(items[i].Movie)) ? OutcomeKind.Superseded : OutcomeKind.Written),
            };
        }

        return BatchResult.Of(outcomes[..items.Length]);
    }

    public long CountStillMissing() => StillMissing;

    public void Close() => Interlocked.Increment(ref _closed);

    private Item<Palette>[][] Snapshot()
    {
        lock (_gate)
        {
            return [.. _batches];
        }
    }
}
