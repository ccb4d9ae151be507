using System.ComponentModel.DataAnnotations;

namespace PaletteEtl.Catalogue;

/// <summary>How palettes are written.</summary>
public sealed class WriteOptions
{
    /// <summary>Movies committed in one transaction. Default: 256.</summary>
    [Range(1, 65_536)]
    public int BatchSize { get; set; } = 256;

    /// <summary>Age at which a batch that is not full is written all the same. Default: 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a connection waits for locks that other programs hold on the database, also for reading,
    /// before the run ends. Default: 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The journal mode the database is given when a run begins. Default: none, the database keeps its own.</summary>
    [EnumDataType(typeof(JournalMode))]
    public JournalMode? JournalMode { get; set; }
}
