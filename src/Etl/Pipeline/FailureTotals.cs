using System.Runtime.InteropServices;
using PaletteEtl.Catalogue;

namespace PaletteEtl.Pipeline;

/// <summary>The dead letters of a run, counted by reason. Used under the lock of its run.</summary>
internal sealed class FailureTotals
{
    private readonly Dictionary<FailureReason, long> _counts = [];

    /// <summary>The message of the first dead letter; null when there is none.</summary>
    public string? First { get; private set; }

    /// <summary>The reasons, the most frequent first.</summary>
    public IReadOnlyList<ReasonCount> ByReason =>
        [.. _counts.OrderByDescending(static pair => pair.Value).Select(static pair => new ReasonCount(pair.Key.Name(), pair.Value))];

    /// <summary>Counts the dead letters among the outcomes of a batch.</summary>
    public void Add(ReadOnlySpan<Outcome> outcomes)
    {
        foreach (ref readonly Outcome outcome in outcomes)
        {
            if (outcome is { Kind: OutcomeKind.DeadLetter, Failure: { } failure })
            {
                First ??= failure.Message;
                CollectionsMarshal.GetValueRefOrAddDefault(_counts, failure.Reason, out _)++;
            }
        }
    }
}
