namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>What the palettes of a SQLite catalogue were made from.</summary>
internal sealed class SqliteProvenance(SqliteCatalogue catalogue)
{
    /// <summary>Whether the catalogue has provenance of any palette.</summary>
    /// <exception cref="CatalogueException">The catalogue cannot be read.</exception>
    public bool Exists() => catalogue.Read(static open => ProvenanceTable.Exists(open.Connection));

    /// <summary>Streams the movies whose palette may be made again.</summary>
    /// <exception cref="CatalogueException">The catalogue cannot be read.</exception>
    public IEnumerable<Movie> Read(RefreshKind kind, CancellationToken stopping) =>
        catalogue.Stream(open => new RefreshedMovies(open, kind, adopt: false).Read(stopping)).SelectMany(static page => page);

    /// <summary>Counts the palettes made with other settings than today's.</summary>
    /// <exception cref="CatalogueException">The catalogue cannot be read.</exception>
    public long CountOutdated() => catalogue.Read(RefreshedMovies.CountOutdated);

    /// <summary>Deletes the rows of movies that are gone. Returns how many.</summary>
    /// <exception cref="CatalogueException">The catalogue cannot be used.</exception>
    public long Prune() => catalogue.Write(DeadLetterPruning.PruneProvenance);
}
