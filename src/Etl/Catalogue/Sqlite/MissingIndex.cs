using Microsoft.Data.Sqlite;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>The index on missing palettes, which is there when its user has asked for it: with it they are found without a
/// look at the other rows.</summary>
internal static class MissingIndex
{
    /// <summary>Whether the index is there, and as <see cref="Create(SqliteCatalogue)"/> makes it.</summary>
    public static bool Exists(SqliteConnection connection, CatalogueTable table)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND sql = $sql COLLATE NOCASE";
        command.Parameters.AddWithValue("$sql", Definition(table));
        return (long)command.ExecuteScalar()! > 0;
    }

    /// <summary>The name of the index.</summary>
    public static string NameOf(QueryOptions query) => $"etl_missing_{query.Table}";

    /// <summary>Creates the index as below, unless the palette column holds other values.</summary>
    /// <exception cref="CatalogueException">It does, or the catalogue cannot be used.</exception>
    public static bool Create(SqliteCatalogue catalogue) => catalogue.Write(static open =>
    {
        ForeignValues.ThrowIfAny(open.Connection, open.Table, open.Options);
        return Create(open);
    });

    /// <summary>Creates the index, in place of any other of its name; whether it was not there.</summary>
    public static bool Create(OpenCatalogue catalogue)
    {
        if (catalogue.Table.HasMissingIndex)
        {
            return false;
        }

        catalogue.Execute(
            $"BEGIN IMMEDIATE; DROP INDEX IF EXISTS {catalogue.Table.MissingIndex}; {Definition(catalogue.Table)}; COMMIT");
        return true;
    }

    /// <summary>Drops the index; whether there was one of its name.</summary>
    /// <exception cref="CatalogueException">The catalogue cannot be used.</exception>
    public static bool Drop(SqliteCatalogue catalogue) => catalogue.Write(static open =>
    {
        using SqliteCommand command = open.Command(
            "SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND name = $name COLLATE NOCASE",
            ("$name", NameOf(open.Options.Query)));
        bool exists = (long)command.ExecuteScalar()! > 0;
        open.Execute($"DROP INDEX IF EXISTS {open.Table.MissingIndex}");
        return exists;
    });

    /// <summary>The statement as SQLite keeps it: to the letter, but for upper and lower case in names.</summary>
    private static string Definition(CatalogueTable table) =>
        $"CREATE INDEX {table.MissingIndex} ON {table.Name} ({table.PaletteColumn}) "
        + $"WHERE {table.PaletteColumn} IS NULL OR {table.PaletteColumn} = ''";
}
