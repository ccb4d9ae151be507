using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Hosting;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.Host.Run;

/// <summary>Counts what would be written, and writes nothing.</summary>
internal sealed class DryRunSink(IOptions<EtlOptions> options) : IPaletteSink
{
    public void Open() => SqliteCatalogue.Use(options.Value, SqliteOpenMode.ReadOnly, catalogue =>
    {
        ForeignValues.ThrowIfAny(catalogue.Connection, catalogue.Table, options.Value);
        return true;
    });

    public BatchResult Write(ReadOnlySpan<Item<Palette>> batch, Span<Outcome> outcomes)
    {
        BatchResult total = default;
        for (int i = 0; i < batch.Length; i++)
        {
            outcomes[i] = batch[i] switch
            {
                { IsSkipped: true } => new Outcome(OutcomeKind.Skipped),
                { Failure: { } failure } => new Outcome(OutcomeKind.DeadLetter, failure),
                var item => new Outcome(OutcomeKind.Written, IsDamaged: item.Damage is not null),
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
