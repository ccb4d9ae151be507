using System.ComponentModel.DataAnnotations;

namespace PaletteEtl.Catalogue;

/// <summary>Which movies are read: the catalogue, its table and its columns.</summary>
public sealed class QueryOptions
{
    /// <summary>Path of the SQLite database. Default: <c>data/movies.db</c>.</summary>
    [Required]
    public string Database { get; set; } = "data/movies.db";

    /// <summary>The table of movies. Default: <c>movies</c>.</summary>
    [Required]
    public string Table { get; set; } = "movies";

    /// <summary>The column with the id that names a movie's cover. Default: <c>id</c>.</summary>
    [Required]
    public string IdColumn { get; set; } = "id";

    /// <summary>The column that palettes are read from and written to. Default: <c>palette_json</c>.</summary>
    [Required]
    public string PaletteColumn { get; set; } = "palette_json";

    /// <summary>Whether palettes are written to, and emptied from, columns that hold values that are not palettes. Default: no, because a
    /// column that holds other values is usually one that was set by mistake.</summary>
    public bool AllowForeignValues { get; set; }

    /// <summary>Rows looked at in one read transaction, whether their palette is missing or not. Default: 1,000.</summary>
    [Range(1, 1_000_000)]
    public int PageSize { get; set; } = 1_000;
}
