using System.Collections.Immutable;
using PaletteEtl.Catalogue;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.Contracts;

/// <summary>The state of a <see cref="MemoryCatalogue"/> at one moment; each change makes another.</summary>
internal sealed record MemoryState(
    ImmutableDictionary<MovieId, MemoryRow> Rows,
    ImmutableDictionary<MovieId, MemoryDeadLetter> DeadLetters,
    ImmutableDictionary<MovieId, MemoryDamage> Damage,
    long LastKey)
{
    public static MemoryState Empty { get; } = new(
        ImmutableDictionary<MovieId, MemoryRow>.Empty,
        ImmutableDictionary<MovieId, MemoryDeadLetter>.Empty,
        ImmutableDictionary<MovieId, MemoryDamage>.Empty,
        LastKey: 0);

    public IEnumerable<KeyValuePair<MovieId, Palette?>> InOrder() =>
        Rows.OrderBy(row => row.Value.Key).Select(row => KeyValuePair.Create(row.Key, row.Value.Palette));

    public IEnumerable<MovieId> Missing() => InOrder().Where(movie => movie.Value is null).Select(movie => movie.Key);

    /// <summary>The state with a movie that is new, or has another palette.</summary>
    public MemoryState With(MovieId id, Palette? palette) => this with
    {
        Rows = Rows.SetItem(id, new MemoryRow(Rows.TryGetValue(id, out MemoryRow row) ? row.Key : LastKey + 1, palette)),
        LastKey = LastKey + 1,
    };

    /// <summary>The state after an item, and the item's outcome.</summary>
    public (MemoryState State, Outcome Outcome) Settle(in Item<Palette> item, DateTimeOffset now)
    {
        MovieId id = item.Movie.Id;
        if (item.IsSkipped)
        {
            return (this, new Outcome(OutcomeKind.Skipped));
        }

        MemoryState without = this with { DeadLetters = DeadLetters.Remove(id) };
        if (!Rows.TryGetValue(id, out MemoryRow row) || row.Palette is not null)
        {
            return (without, new Outcome(OutcomeKind.Superseded));
        }

        if (item.Failure is { } failure)
        {
            return (Fail(id, failure, now), new Outcome(OutcomeKind.DeadLetter, failure));
        }

        return (without.Fill(item, now), new Outcome(OutcomeKind.Written, IsDamaged: item.Damage is not null));
    }

    /// <summary>The state without the selected palettes.</summary>
    public (MemoryState State, ResetResult Result) Reset(ResetSelection selection)
    {
        MovieId[] selected =
        [
            .. InOrder().Where(movie => movie.Value is not null && selection.Includes(movie.Key)
                    && (!selection.IsDamaged || (Damage.TryGetValue(movie.Key, out MemoryDamage? damage) && damage.Palette == movie.Value)))
                .Select(movie => movie.Key)
                .Take((int)Math.Min(selection.Limit, int.MaxValue)),
        ];
        string[] unknown = [.. (selection.Ids ?? []).Except(Rows.Keys.Select(id => id.Text ?? "")).Order(StringComparer.Ordinal)];
        return (
            this with
            {
                Rows = Rows.SetItems(selected.Select(id => KeyValuePair.Create(id, Rows[id] with { Palette = null }))),
                Damage = Damage.RemoveRange(selected),
            },
            new ResetResult(selected.LongLength, unknown));
    }

    private MemoryState Fail(MovieId id, Failure failure, DateTimeOffset now) => this with
    {
        DeadLetters = DeadLetters.SetItem(
            id,
            DeadLetters.TryGetValue(id, out MemoryDeadLetter? letter)
                ? letter with { Failure = failure, Attempts = letter.Attempts + 1, LastAt = now }
                : new MemoryDeadLetter(LastKey + 1, id, failure, Attempts: 1, FirstAt: now, LastAt: now)),
        Damage = Damage.Remove(id),
        LastKey = LastKey + 1,
    };

    private MemoryState Fill(in Item<Palette> item, DateTimeOffset now)
    {
        MovieId id = item.Movie.Id;
        return With(id, item.Value) with
        {
            Damage = item.Damage is { } message
                ? Damage.SetItem(id, MemoryDamage.Of(LastKey + 1, id, message, item.Value, item.Version, now))
                : Damage.Remove(id),
        };
    }
}
