using Microsoft.Data.Sqlite;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>Deletes dead letters, palettes of damaged covers and provenance whose movie is gone.</summary>
/// <remarks>The movies' id may have no index, so the movies are read once, by pages, and each deletes its id from the list of
/// unseen ids. The ids that remain belong to no movie. Ids are compared with their stored type.</remarks>
internal static class DeadLetterPruning
{
    private const string Unseen = "temp.etl_unseen";

    /// <summary>Prunes the dead letters of a reason, null standing for all. Returns how many it deleted.</summary>
    public static long Prune(OpenCatalogue catalogue, string? reason) => DeadLetterTable.Exists(catalogue.Connection)
        ? Prune(catalogue, DeadLetterTable.Name, SqliteDeadLetters.OfReason, ("$reason", reason))
        : 0;

    /// <summary>Prunes what is kept of damaged covers. Returns how many rows it deleted.</summary>
    public static long PruneDamaged(OpenCatalogue catalogue) => DamagedTable.Exists(catalogue.Connection)
        ? Prune(catalogue, DamagedTable.Name, "1")
        : 0;

    /// <summary>Prunes the provenance of palettes. Returns how many rows it deleted.</summary>
    public static long PruneProvenance(OpenCatalogue catalogue) => ProvenanceTable.Exists(catalogue.Connection)
        ? Prune(catalogue, ProvenanceTable.Name, "1")
        : 0;

    private static long Prune(
        OpenCatalogue catalogue, string table, string condition, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        catalogue.Execute($"CREATE TABLE {Unseen} (movie_id)");
        catalogue.Execute($"INSERT INTO {Unseen} SELECT movie_id FROM {table} WHERE {condition}", parameters);
        catalogue.Execute($"CREATE INDEX {Unseen}_id ON etl_unseen (movie_id)");
        RemoveSeen(catalogue);
        long pruned = catalogue.Execute(
            $"""
            DELETE FROM {table} AS d
            WHERE {condition} AND EXISTS (SELECT 1 FROM {Unseen} AS u WHERE u.movie_id IS d.movie_id)
            """,
            parameters);
        catalogue.Execute($"DROP TABLE {Unseen}");
        return pruned;
    }

    private static void RemoveSeen(OpenCatalogue catalogue)
    {
        // Without the plus the id's affinity would apply, and the index of the list, which has none, would not be used.
        string id = catalogue.Table.Id;
        IEnumerable<List<MovieId>> pages = catalogue.Pages.Read<MovieId>(
            $"u.rowid, {id}", $"LEFT JOIN {Unseen} AS u ON u.movie_id IS +{id}", AddFound);
        using SqliteCommand remove = catalogue.Command($"DELETE FROM {Unseen} WHERE movie_id IS $id", ("$id", null));
        foreach (MovieId found in pages.SelectMany(static page => page))
        {
            remove.Parameters[0].Value = found.Stored ?? DBNull.Value;
            remove.ExecuteNonQuery();
        }
    }

    private static void AddFound(SqliteDataReader row, RowKey key, List<MovieId> page)
    {
        if (!row.IsDBNull(0))
        {
            page.Add(row.ReadId(1));
        }
    }
}
