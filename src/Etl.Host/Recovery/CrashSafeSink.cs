using PaletteEtl.Catalogue;
using PaletteEtl.Palettes;

namespace Etl.Host.Recovery;

/// <summary>Removes suspects from the crash log once their dead letters are committed.</summary>
internal sealed class CrashSafeSink(IPaletteSink sink, CrashLog crashLog) : IPaletteSink
{
    public void Open() => sink.Open();

    public BatchResult Write(ReadOnlySpan<Item<Palette>> batch, Span<Outcome> outcomes)
    {
        BatchResult result = sink.Write(batch, outcomes);
        foreach (ref readonly Item<Palette> item in batch)
        {
            if (item.Failure is { Stage: StageNames.Decode, Reason: FailureReason.Crashed or FailureReason.Timeout or FailureReason.Memory })
            {
                crashLog.Remove(item.Movie.Id);
            }
        }

        return result;
    }

    public long CountStillMissing() => sink.CountStillMissing();

    public void Close() => sink.Close();
}
