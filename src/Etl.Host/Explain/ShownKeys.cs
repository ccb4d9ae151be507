namespace Etl.Host.Explain;

/// <summary>Row keys and ids for a person to read.</summary>
internal static class ShownKeys
{
    /// <summary>The rowid, or the values of the primary key in the order of its columns.</summary>
    public static IReadOnlyList<string> Shown(this RowKey key) => key.Values is { } values
        ? [.. values.Select(static value => new MovieId(value).ToString())]
        : [new MovieId(key.Number).ToString()];

    /// <summary>The type that SQLite stores for an id, as its function typeof names it.</summary>
    public static string StoredType(this MovieId id) => id.Stored switch
    {
        null => "null",
        long => "integer",
        double => "real",
        string => "text",
        _ => "blob",
    };
}
