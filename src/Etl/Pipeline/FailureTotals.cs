using System.Runtime.InteropServices;
using PaletteEtl.Catalogue;
using PaletteEtl.Palettes;

namespace PaletteEtl.Pipeline;

/// <summary>The dead letters of a run, counted by reason, and those that it has made obsolete. Used under the lock of its run.</summary>
internal sealed class FailureTotals
{
    private readonly Dictionary<FailureReason, long> _counts = [];

    /// <summary>The message of the first dead letter; null when there is none.</summary>
    public string? First { get; private set; }

    /// <summary>The reasons, the most frequent first.</summary>
    public IReadOnlyList<ReasonCount> ByReason =>
        [.. _counts.OrderByDescending(static pair => pair.Value).Select(static pair => new ReasonCount(pair.Key.Name(), pair.Value))];

    /// <summary>Those of movies that had a dead letter before.</summary>
    public long Again { get; private set; }

    /// <summary>Movies that had a dead letter before and have a palette now.</summary>
    public long Recovered { get; private set; }

    /// <summary>Counts the dead letters among the outcomes of a batch.</summary>
    /// <param name="items">The items of the batch.</param>
    /// <param name="outcomes">The outcome of each item.</param>
    public void Add(ReadOnlySpan<Item<Palette>> items, ReadOnlySpan<Outcome> outcomes)
    {
        for (int i = 0; i < outcomes.Length; i++)
        {
            if (outcomes[i] is { Kind: OutcomeKind.DeadLetter, Failure: { } failure })
            {
                First ??= failure.Message;
                Again += items[i].Movie.Previous is null ? 0 : 1;
                CollectionsMarshal.GetValueRefOrAddDefault(_counts, failure.Reason, out _)++;
            }
            else if (outcomes[i].Kind is OutcomeKind.Written or OutcomeKind.Superseded)
            {
                Recovered += items[i].Movie.Previous is null ? 0 : 1;
            }
        }
    }
}
