using Microsoft.Data.Sqlite;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>The provenance of the palettes of a SQLite catalogue.</summary>
internal sealed class SqliteProvenance(SqliteCatalogue catalogue)
{
    /// <summary>The settings and the cover that the palette of an id was made from; null when they are not recorded.</summary>
    /// <param name="open">The catalogue.</param>
    /// <param name="id">The id, with its stored type.</param>
    /// <param name="palette">The palette of the row.</param>
    public static StoredProvenance? Find(OpenCatalogue open, MovieId id, string palette)
    {
        if (!ProvenanceTable.Exists(open.Connection))
        {
            return null;
        }

        using SqliteCommand command = open.Command(
            $"""
            SELECT s.settings, p.at, p.palette_hash, p.cover_hash, p.cover_size, p.cover_mtime, p.cover_etag
            FROM {ProvenanceTable.Name} AS p LEFT JOIN {ProvenanceTable.SettingsTable} AS s ON s.id = p.settings
            WHERE p.movie_id IS $id
            """,
            ("$id", id.Stored));
        using SqliteDataReader row = command.ExecuteReader();
        return row.Read()
            ? new StoredProvenance(
                row.ReadText(0) ?? "",
                DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(1)),
                ProvenanceTable.ReadVersion(row, 4),
                ProvenanceTable.ReadContent(row, 3),
                row.GetInt64(2) == StoredPalette.HashOf(palette))
            : null;
    }

    /// <summary>Whether the catalogue has provenance of any palette.</summary>
    /// <exception cref="CatalogueException">The catalogue cannot be read.</exception>
    public bool Exists() => catalogue.Read(static open => ProvenanceTable.Exists(open.Connection));

    /// <summary>Streams the movies whose palette may be made again.</summary>
    /// <exception cref="CatalogueException">The catalogue cannot be read.</exception>
    /// <param name="kind">The palettes that are made again.</param>
    /// <param name="adopt">Whether palettes that this program has not made count too.</param>
    /// <param name="stopping">Ends the reading after a page.</param>
    public IEnumerable<Movie> Read(RefreshKind kind, bool adopt, CancellationToken stopping) =>
        catalogue.Stream(open => new RefreshedMovies(open, kind, adopt).Read(stopping)).SelectMany(static page => page);

    /// <summary>Counts the palettes made with other settings than today's.</summary>
    /// <exception cref="CatalogueException">The catalogue cannot be read.</exception>
    public long CountOutdated() => catalogue.Read(RefreshedMovies.CountOutdated);

    /// <summary>Counts the recorded palettes by the settings that they were made with, the most frequent first.</summary>
    /// <exception cref="CatalogueException">The catalogue cannot be read.</exception>
    public IReadOnlyList<SettingsCount> CountBySettings() => catalogue.Read(static open => ProvenanceTable.CountBySettings(open.Connection));

    /// <summary>Deletes the rows of movies that are gone. Returns how many.</summary>
    /// <exception cref="CatalogueException">The catalogue cannot be used.</exception>
    public long Prune() => catalogue.Write(DeadLetterPruning.PruneProvenance);
}
