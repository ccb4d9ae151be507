using Etl.Pipeline;
using Etl.Quantize;
using Etl.Write;

namespace Etl.Host.Run;

/// <summary>Counts what would be written, and writes nothing.</summary>
internal sealed class DryRunSink : IPaletteSink
{
    public void Open()
    {
    }

    public BatchResult Write(ReadOnlySpan<Item<Palette>> batch)
    {
        BatchResult total = default;
        foreach (ref readonly Item<Palette> item in batch)
        {
            total += item.Failure switch
            {
                null => new BatchResult(Written: 1, 0, 0, 0),
                { Stands: true } => new BatchResult(0, 0, 0, Skipped: 1),
                _ => new BatchResult(0, DeadLetters: 1, 0, 0),
            };
        }

        return total;
    }

    public void Close()
    {
    }
}
