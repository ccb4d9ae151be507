using Microsoft.Data.Sqlite;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>The palettes of a SQLite catalogue that were made of damaged covers.</summary>
internal sealed class SqliteDamagedPalettes(SqliteCatalogue catalogue) : IDamagedPalettes
{
    private const string Columns =
        $"SELECT rowid, movie_id, message, at, cover_size, cover_mtime, cover_etag FROM {DamagedTable.Name} WHERE";

    public static long Count(OpenCatalogue catalogue)
    {
        if (!DamagedTable.Exists(catalogue.Connection))
        {
            return 0;
        }

        using SqliteCommand command = catalogue.Command($"SELECT count(*) FROM {DamagedTable.Name}");
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>The damage of the cover that a palette was made of; null when there was none.</summary>
    public static StoredDamage? Find(OpenCatalogue open, MovieId id, string palette)
    {
        if (!DamagedTable.Exists(open.Connection))
        {
            return null;
        }

        using SqliteCommand command = open.Command($"{Columns} movie_id IS $id AND palette = $palette", ("$id", id.Stored), ("$palette", palette));
        using SqliteDataReader row = command.ExecuteReader();
        return row.Read() ? ReadRow(row) : null;
    }

    public long Count() => catalogue.Read(Count);

    public IEnumerable<StoredDamage> Read() => Read(RowidPages.After, long.MinValue);

    public IEnumerable<StoredDamage> ReadBack(long before = long.MaxValue) => Read(RowidPages.Before, before);

    public long Prune() => catalogue.Write(DeadLetterPruning.PruneDamaged);

    private IEnumerable<StoredDamage> Read(string page, long from) => catalogue.Stream(
        open => DamagedTable.Exists(open.Connection)
            ? RowidPages.Read(open.Command($"{Columns} {page}", (RowidPages.From, from)), ReadRow)
            : []);

    private static StoredDamage ReadRow(SqliteDataReader row) => new(
        row.GetInt64(0),
        row.ReadId(1),
        row.GetString(2),
        row.GetString(3),
        row.ReadInteger(4),
        row.ReadText(5),
        row.ReadText(6));
}
