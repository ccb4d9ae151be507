using Microsoft.Data.Sqlite;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>Rows of a table of this program, read by pages, so that a slow reader keeps no other program from committing.</summary>
internal static class RowidPages
{
    /// <summary>The parameter with the rowid that a page begins after.</summary>
    public const string From = "$from";

    /// <summary>The end of a query that reads on in the order the rows came.</summary>
    public const string After = $"rowid > {From} ORDER BY rowid LIMIT 1000";

    /// <summary>The end of a query that reads back, the last row first.</summary>
    public const string Before = $"rowid < {From} ORDER BY rowid DESC LIMIT 1000";

    /// <summary>Runs a query, whose first column is the rowid, page after page.</summary>
    public static IEnumerable<T> Read<T>(SqliteCommand query, Func<SqliteDataReader, T> read)
    {
        using (query)
        {
            while (ReadPage(query, read) is { Count: > 0 } page)
            {
                foreach (T row in page)
                {
                    yield return row;
                }
            }
        }
    }

    private static List<T> ReadPage<T>(SqliteCommand query, Func<SqliteDataReader, T> read)
    {
        var page = new List<T>();
        using SqliteDataReader row = query.ExecuteReader();
        long? last = null;
        while (row.Read())
        {
            last = row.GetInt64(0);
            page.Add(read(row));
        }

        query.Parameters[From].Value = last;
        return page;
    }
}
