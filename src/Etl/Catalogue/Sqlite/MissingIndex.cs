using Microsoft.Data.Sqlite;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>The index on missing palettes, which is there when its user has asked for it: with it they are found without a
/// look at the other rows.</summary>
internal static class MissingIndex
{
    /// <summary>Whether the index is there, and as <see cref="Create"/> makes it.</summary>
    public static bool Exists(SqliteConnection connection, CatalogueTable table)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND sql = $sql COLLATE NOCASE";
        command.Parameters.AddWithValue("$sql", Definition(table));
        return (long)command.ExecuteScalar()! > 0;
    }

    /// <summary>Creates the index, in place of any other of its name; whether it was not there.</summary>
    public static bool Create(SqliteCatalogue catalogue)
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
    public static bool Drop(SqliteCatalogue catalogue)
    {
        using SqliteCommand command = catalogue.Command(
            "SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND name = $name COLLATE NOCASE",
            ("$name", catalogue.Table.MissingIndexName));
        bool exists = (long)command.ExecuteScalar()! > 0;
        catalogue.Execute($"DROP INDEX IF EXISTS {catalogue.Table.MissingIndex}");
        return exists;
    }

    /// <summary>The statement as SQLite keeps it: to the letter, but for upper and lower case in names.</summary>
    private static string Definition(CatalogueTable table) =>
        $"CREATE INDEX {table.MissingIndex} ON {table.Name} ({table.PaletteColumn}) "
        + $"WHERE {table.PaletteColumn} IS NULL OR {table.PaletteColumn} = ''";
}
