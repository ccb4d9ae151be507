using Microsoft.Data.Sqlite;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>The tables that this program creates beside the table of movies. Another program may have taken one of their names.</summary>
internal static class OwnTables
{
    /// <summary>Each table with a column that tells it from one of another program.</summary>
    private static readonly (string Table, string Column)[] All =
    [
        (DeadLetterTable.Name, "cover_etag"),
        (DeadLetterTable.SchemaTable, "version"),
        (DamagedTable.Name, "palette"),
        (CatalogueIdentity.Table, "id"),
        (ProvenanceTable.Name, "cover_hash"),
        (ProvenanceTable.SettingsTable, "settings"),
    ];

    /// <summary>The names of the tables.</summary>
    public static IEnumerable<string> Names => All.Select(static own => own.Table);

    /// <exception cref="CatalogueException">Something of another program has the name of one of the tables.</exception>
    public static void ThrowIfForeign(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            $"""
            SELECT name, type, EXISTS (
                SELECT 1 FROM pragma_table_info(s.name) AS c WHERE c.name = CASE lower(s.name)
                {string.Join(' ', All.Select(static own => $"WHEN '{own.Table}' THEN '{own.Column}'"))} END)
            FROM sqlite_schema AS s
            WHERE lower(name) IN ({string.Join(", ", All.Select(static own => $"'{own.Table}'"))})
            """;
        using SqliteDataReader found = command.ExecuteReader();
        var problems = new List<string>();
        while (found.Read())
        {
            (string name, string type, bool hasColumn) = (found.GetString(0), found.GetString(1), found.GetBoolean(2));
            if (type != "table" || !hasColumn)
            {
                (string own, string column) = Array.Find(All, own => SqliteName.IsSame(own.Table, name));
                string cause = type != "table" ? $"it is {(type == "index" ? "an" : "a")} {type}" : $"it has no column {column}";
                problems.Add($"The {type} {name} in {connection.DataSource} belongs to another program ({cause}), and this one needs its own table {own}. Rename the other one.");
            }
        }

        if (problems.Count > 0)
        {
            throw new CatalogueException(string.Join(" ", problems));
        }
    }
}
