using Microsoft.Data.Sqlite;
using PaletteEtl.Telemetry;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>Times what the catalogue's database is asked to do.</summary>
internal sealed class DatabaseMonitor(string table, EtlMetrics metrics, TimeProvider clock)
{
    /// <summary>A page of rows.</summary>
    public const string Select = "SELECT";

    /// <summary>The transaction of a batch.</summary>
    public const string BatchUpdate = "BATCH UPDATE";

    /// <summary>An operation begins. Returns the time it does.</summary>
    public long Started() => clock.GetTimestamp();

    /// <summary>An operation is over, well or not.</summary>
    public void Ended(string operation, long started, SqliteException? error = null) => metrics.DatabaseAnswered(
        operation, table, clock.GetElapsedTime(started), error?.SqliteErrorCode);
}
