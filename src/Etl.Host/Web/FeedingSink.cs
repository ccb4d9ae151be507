using PaletteEtl.Catalogue;
using PaletteEtl.Palettes;

namespace Etl.Host.Web;

/// <summary>Tells the feed of what another sink has committed.</summary>
internal sealed class FeedingSink(IPaletteSink sink, PaletteFeed feed, TimeProvider clock) : IPaletteSink
{
    public void Open() => sink.Open();

    public BatchResult Write(ReadOnlySpan<Item<Palette>> batch, Span<Outcome> outcomes)
    {
        BatchResult result = sink.Write(batch, outcomes);
        feed.Add(batch, outcomes, clock.GetUtcNow());
        return result;
    }

    public long CountStillMissing() => sink.CountStillMissing();

    public void Close() => sink.Close();
}
