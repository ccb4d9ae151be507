using PaletteEtl.Catalogue;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.Tests.Support;

/// <summary>A sink that stands still until it is opened.</summary>
internal sealed class GatedSink : IPaletteSink, IDisposable
{
    private readonly ManualResetEventSlim _open = new();

    public RecordingSink Inner { get; } = new();

    public void Open() => _open.Set();

    void IPaletteSink.Open() => Inner.Open();

    public BatchResult Write(ReadOnlySpan<Item<Palette>> batch, Span<Outcome> outcomes)
    {
        Assert.True(_open.Wait(TestTimeout), "Nobody opened the sink.");
        return Inner.Write(batch, outcomes);
    }

    public long CountStillMissing() => Inner.CountStillMissing();

    public void Close() => Inner.Close();

    public void Dispose() => _open.Dispose();
}
