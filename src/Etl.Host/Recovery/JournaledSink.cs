using PaletteEtl.Catalogue;
using PaletteEtl.Palettes;

namespace Etl.Host.Recovery;

/// <summary>Removes covers that have ended a process of their own from the journal, once their dead letters are committed.</summary>
internal sealed class JournaledSink(IPaletteSink sink, DecodeJournal journal) : IPaletteSink
{
    public void Open() => sink.Open();

    public BatchResult Write(ReadOnlySpan<Item<Palette>> batch, Span<Outcome> outcomes)
    {
        BatchResult result = sink.Write(batch, outcomes);
        foreach (ref readonly Item<Palette> item in batch)
        {
            if (item.Failure is { Stage: StageNames.Decode, Reason: FailureReason.Crashed or FailureReason.Timeout })
            {
                journal.Settle(item.Movie.Id);
            }
        }

        return result;
    }

    public long CountStillMissing() => sink.CountStillMissing();

    public void Close() => sink.Close();
}
