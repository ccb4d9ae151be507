using Microsoft.Data.Sqlite;
using PaletteEtl.Palettes;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>Looks up the settings that palettes were made with.</summary>
internal sealed class PaletteSettings : IDisposable
{
    private readonly SqliteCommand? _command;
    private readonly SqliteParameter? _id;

    /// <param name="catalogue">The catalogue; if it has no provenance, no settings are known.</param>
    public PaletteSettings(OpenCatalogue catalogue)
    {
        if (ProvenanceTable.Exists(catalogue.Connection))
        {
            _command = catalogue.Command(
                $"""
                SELECT s.settings, p.palette_hash FROM {ProvenanceTable.Name} AS p
                JOIN {ProvenanceTable.SettingsTable} AS s ON s.id = p.settings WHERE p.movie_id IS $id
                """);
            _id = _command.Parameters.Add(new SqliteParameter { ParameterName = "$id" });
        }
    }

    /// <summary>The settings of a movie's palette; null if another program has written it, or it is not known.</summary>
    public string? Of(MovieId movie, in Palette palette)
    {
        if (_command is null)
        {
            return null;
        }

        _id!.Value = movie.Stored ?? DBNull.Value;
        using SqliteDataReader row = _command.ExecuteReader();
        return row.Read() && row.GetInt64(1) == StoredPalette.HashOf(palette.ToJson()) ? row.GetString(0) : null;
    }

    public void Dispose() => _command?.Dispose();
}
