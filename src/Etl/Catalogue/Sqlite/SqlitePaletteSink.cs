using Microsoft.Data.Sqlite;
using PaletteEtl.Palettes;
using PaletteEtl.Telemetry;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>Writes palettes into the catalogue and failures into its dead letters, a batch in one transaction.</summary>
/// <remarks>SQLite has one writer at a time, and its asynchronous methods run synchronously: one connection, one
/// prepared statement for each thing written, synchronous calls.</remarks>
internal sealed class SqlitePaletteSink(CatalogueOptions options, TimeProvider clock, EtlMetrics metrics) : IPaletteSink
{
    private readonly DatabaseMonitor _monitor = new(options.Query.Table, metrics, clock);
    private SqliteBatchWriter? _writer;

    public void Open() => _writer ??= CatalogueDatabase.Explaining(options.Query.Database, () => new SqliteBatchWriter(options, clock));

    public BatchResult Write(ReadOnlySpan<Item<Palette>> batch, Span<Outcome> outcomes)
    {
        long started = _monitor.Started();
        try
        {
            BatchResult result = (_writer ?? throw new InvalidOperationException("The sink is not open.")).Write(batch, outcomes);
            _monitor.Ended(DatabaseMonitor.BatchUpdate, started);
            return result;
        }
        catch (SqliteException error)
        {
            _monitor.Ended(DatabaseMonitor.BatchUpdate, started, error);
            throw CatalogueDatabase.Explained(options.Query.Database, error);
        }
    }

    public long CountStillMissing() => CatalogueDatabase.Explaining(
        options.Query.Database, () => (_writer ?? throw new InvalidOperationException("The sink is not open.")).CountStillMissing());

    public void Close()
    {
        _writer?.Dispose();
        _writer = null;
    }
}
