namespace PaletteEtl.Catalogue;

/// <summary>How SQLite keeps a transaction whole. Its modes <c>MEMORY</c> and <c>OFF</c> are left out: a process that is
/// killed in a commit would leave a damaged database.</summary>
public enum JournalMode
{
    /// <summary>A rollback journal, deleted at each commit.</summary>
    Delete,

    /// <summary>A rollback journal, cut to nothing at each commit.</summary>
    Truncate,

    /// <summary>A rollback journal, its header overwritten at each commit.</summary>
    Persist,

    /// <summary>A write-ahead log: readers and the writer do not wait for each other.</summary>
    Wal,
}
