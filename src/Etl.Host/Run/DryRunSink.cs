using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Palettes;

namespace Etl.Host.Run;

/// <summary>Counts what would be written, and writes nothing.</summary>
internal sealed class DryRunSink(CatalogueOptions options) : IPaletteSink
{
    public void Open() => CatalogueCheck.Values(new SqliteCatalogue(options));

    public BatchResult Write(ReadOnlySpan<Item<Palette>> batch, Span<Outcome> outcomes)
    {
        for (int i = 0; i < batch.Length; i++)
        {
            outcomes[i] = batch[i] switch
            {
                { IsSkipped: true } => new Outcome(OutcomeKind.Skipped),
                { IsCurrent: true } => new Outcome(OutcomeKind.Current),
                { Failure: { } failure } => new Outcome(OutcomeKind.DeadLetter, failure),
                var item => new Outcome(OutcomeKind.Written, IsDamaged: item.Damage is not null),
            };
        }

        return BatchResult.Of(outcomes[..batch.Length]);
    }

    public long CountStillMissing() => 0;

    public void Close()
    {
    }
}
