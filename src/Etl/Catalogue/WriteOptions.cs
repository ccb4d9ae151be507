using System.ComponentModel.DataAnnotations;

namespace PaletteEtl.Catalogue;

/// <summary>Writing of palettes.</summary>
public sealed class WriteOptions
{
    /// <summary>Maximum number of movies committed in one transaction. Range: 1 to 65,536. Default: 256.</summary>
    [Range(1, 65_536)]
    public int BatchSize { get; set; } = 256;

    /// <summary>Age at which a partial batch is written. Range: 10 ms to 1 h. Default: 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Time that a connection waits for locks of other programs on the database, for reads and writes, before the
    /// run ends. Range: 0 to 1 h. Default: 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Journal mode of the database, set when a run begins. If not set, the mode is not changed. Leaving
    /// <see cref="JournalMode.Wal"/> requires that no other program has the database open. Default: not set.</summary>
    [EnumDataType(typeof(JournalMode))]
    public JournalMode? JournalMode { get; set; }

    /// <summary>Whether the table <c>etl_provenance</c> records what each palette was made from: the settings, the version of
    /// the cover and a hash of its content. Default: true.</summary>
    public bool Provenance { get; set; } = true;
}
