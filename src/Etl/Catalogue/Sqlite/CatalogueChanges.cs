using Microsoft.Data.Sqlite;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>Says whether another connection has changed a catalogue's database since the last look at it, which reads a few bytes.</summary>
internal sealed class CatalogueChanges(SqliteCatalogue catalogue) : IDisposable
{
    private SqliteConnection? _connection;
    private SqliteCommand? _version;
    private long? _seen;

    /// <summary>Whether it has, or there was no look yet, or the last one is forgotten.</summary>
    /// <exception cref="CatalogueException">The database cannot be read, or another file is in its place; the next call opens it anew.</exception>
    public bool Any()
    {
        try
        {
            if (_connection is not null)
            {
                CatalogueFile.ThrowIfMoved(_connection);
            }

            return Version() != _seen;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>A look begins: only what is changed from now on counts.</summary>
    /// <exception cref="CatalogueException">The database cannot be read.</exception>
    public void Look() => _seen = Version();

    /// <summary>The last look was in vain.</summary>
    public void Forget() => _seen = null;

    /// <summary>Closes the connection; the next call opens another.</summary>
    public void Dispose()
    {
        _version?.Dispose();
        _connection?.Dispose();
        (_connection, _version, _seen) = (null, null, null);
    }

    /// <summary>A number that differs once another connection has committed something.</summary>
    private long Version() => catalogue.Explaining(() =>
    {
        if (_connection is null)
        {
            _connection = catalogue.Connect(SqliteOpenMode.ReadOnly);
            _version = _connection.CreateCommand();
            _version.CommandText = "PRAGMA data_version";
            _seen = null;
        }

        return (long)_version!.ExecuteScalar()!;
    });
}
