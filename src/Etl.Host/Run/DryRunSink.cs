using Etl.Pipeline;
using Etl.Quantize;
using Etl.Query;
using Etl.Write;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Etl.Host.Run;

/// <summary>Counts what would be written, and writes nothing.</summary>
internal sealed class DryRunSink(IOptions<EtlOptions> options) : IPaletteSink
{
    public void Open() => Catalogue.Use(options.Value, SqliteOpenMode.ReadOnly, catalogue =>
    {
        ForeignValues.ThrowIfAny(catalogue.Connection, catalogue.Table, options.Value);
        return true;
    });

    public BatchResult Write(ReadOnlySpan<Item<Palette>> batch, Span<Outcome> outcomes)
    {
        BatchResult total = default;
        for (int i = 0; i < batch.Length; i++)
        {
            outcomes[i] = batch[i].Failure switch
            {
                null => new Outcome(OutcomeKind.Written, IsDamaged: batch[i].Damage is not null),
                { Stands: true } => new Outcome(OutcomeKind.Skipped),
                var failure => new Outcome(OutcomeKind.DeadLetter, failure),
            };
            total += outcomes[i];
        }

        return total;
    }

    public long CountStillMissing() => 0;

    public void Close()
    {
    }
}
