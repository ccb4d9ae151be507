using Microsoft.Data.Sqlite;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>A catalogue in a SQLite database, which is opened for each piece of work.</summary>
/// <param name="options">Where it is, and how long its locks are waited for.</param>
/// <param name="patience">How long locks are waited for instead.</param>
/// <remarks>No <see cref="SqliteException"/> leaves it: what fails is a <see cref="CatalogueException"/>.</remarks>
internal sealed class SqliteCatalogue(CatalogueOptions options, TimeSpan? patience = null)
{
    public ICatalogueStatus Status => new SqliteStatus(this);

    public IPalettes Palettes => new SqlitePalettes(this);

    public IDeadLetters DeadLetters => new SqliteDeadLetters(this);

    public IDamagedPalettes DamagedPalettes => new SqliteDamagedPalettes(this);

    public SqliteProvenance Provenance => new(this);

    /// <summary>Opens the database without checking the tables of the catalogue.</summary>
    public SqliteConnection Connect(SqliteOpenMode mode) => CatalogueDatabase.Open(options, mode, patience);

    /// <summary>Opens the catalogue for work that only reads, and closes it.</summary>
    /// <exception cref="CatalogueException">It cannot be opened, lacks something, or failed meanwhile.</exception>
    public T Read<T>(Func<OpenCatalogue, T> work) => Use(SqliteOpenMode.ReadOnly, work);

    /// <summary>Opens the catalogue for work that writes, and closes it.</summary>
    /// <inheritdoc cref="Read"/>
    public T Write<T>(Func<OpenCatalogue, T> work) => Use(SqliteOpenMode.ReadWrite, work);

    /// <summary>Opens the catalogue when the first row is asked for, and closes it after the last.</summary>
    /// <param name="read">Reads the rows.</param>
    /// <param name="mode">A connection that is read-only has no temporary tables.</param>
    /// <inheritdoc cref="Read"/>
    public IEnumerable<T> Stream<T>(Func<OpenCatalogue, IEnumerable<T>> read, SqliteOpenMode mode = SqliteOpenMode.ReadOnly)
    {
        using OpenCatalogue open = Explaining(() => Open(mode));
        using IEnumerator<T> rows = Explaining(() => read(open).GetEnumerator());
        Func<bool> next = rows.MoveNext;
        while (Explaining(next))
        {
            yield return rows.Current;
        }
    }

    /// <summary>Works with the database, and says in words of the catalogue what fails.</summary>
    /// <exception cref="CatalogueException">The database failed.</exception>
    public T Explaining<T>(Func<T> work) => CatalogueDatabase.Explaining(options.Query.Database, work);

    /// <summary>Opens the catalogue for a check, even if another program has taken the name of one of this program's tables.</summary>
    /// <inheritdoc cref="Read"/>
    public T Inspect<T>(SqliteOpenMode mode, Func<OpenCatalogue, T> work) => Explaining(() =>
    {
        using var open = new OpenCatalogue(Connect(mode), options);
        return work(open);
    });

    private T Use<T>(SqliteOpenMode mode, Func<OpenCatalogue, T> work) => Explaining(() =>
    {
        using OpenCatalogue open = Open(mode);
        return work(open);
    });

    private OpenCatalogue Open(SqliteOpenMode mode)
    {
        SqliteConnection connection = Connect(mode);
        try
        {
            OwnTables.ThrowIfForeign(connection);
            return new OpenCatalogue(connection, options);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
