namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>What the palettes of a SQLite catalogue were made from.</summary>
internal sealed class SqliteProvenance(SqliteCatalogue catalogue)
{
    /// <summary>Deletes the rows of movies that are gone. Returns how many.</summary>
    /// <exception cref="CatalogueException">The catalogue cannot be used.</exception>
    public long Prune() => catalogue.Write(DeadLetterPruning.PruneProvenance);
}
