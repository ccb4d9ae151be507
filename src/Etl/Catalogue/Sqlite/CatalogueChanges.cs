using Microsoft.Data.Sqlite;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>Detects changes of a catalogue's database by other connections, by reading a few bytes.</summary>
internal sealed class CatalogueChanges(SqliteCatalogue catalogue) : IDisposable
{
    private SqliteConnection? _connection;
    private SqliteCommand? _version;
    private long? _seen;

    /// <summary>Whether the database has changed since <see cref="MarkSeen"/>; true before it and after <see cref="Forget"/>.</summary>
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

    /// <summary>Counts only later changes.</summary>
    /// <exception cref="CatalogueException">The database cannot be read.</exception>
    public void MarkSeen() => _seen = Version();

    /// <summary>Reports a change until the next <see cref="MarkSeen"/>.</summary>
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
