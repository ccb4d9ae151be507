using System.ComponentModel.DataAnnotations;

namespace PaletteEtl.Catalogue;

/// <summary>The catalogue: its database, table and columns.</summary>
public sealed class QueryOptions
{
    /// <summary>Path of the SQLite database. In a configuration file, a relative path starts at the folder of the file.
    /// Default: <c>data/movies.db</c>.</summary>
    [Required]
    public string Database { get; set; } = "data/movies.db";

    /// <summary>Table of the movies. Default: <c>movies</c>.</summary>
    [Required]
    public string Table { get; set; } = "movies";

    /// <summary>Column with the id that names a movie's cover. Default: <c>id</c>.</summary>
    [Required]
    public string IdColumn { get; set; } = "id";

    /// <summary>Column that palettes are read from and written to. Default: <c>palette_json</c>.</summary>
    [Required]
    public string PaletteColumn { get; set; } = "palette_json";

    /// <summary>Column with the location of a movie's cover, such as a path or TMDB's <c>poster_path</c>, which <c>{cover}</c> in
    /// <c>Etl:Fetch:Locations</c> stands for. If not set, the id names the cover. Default: not set.</summary>
    [MinLength(1)]
    public string? CoverColumn { get; set; }

    /// <summary>Filter of the rows that are movies, such as <c>year >= 1990 and kind in ('movie', 'tv') and deleted is null</c>. No command
    /// counts, fills or empties other rows. If not set, every row is a movie. Default: not set.</summary>
    [MinLength(1)]
    public string? Where { get; set; }

    /// <summary>Column in whose order movies are read, such as <c>year</c>, or <c>year desc</c> for the newest first; rows without a value
    /// come last. If not set, movies are read in the order of the row key. Default: not set.</summary>
    [MinLength(1)]
    public string? OrderBy { get; set; }

    /// <summary>Whether a palette column or population column that contains other values is accepted, for writing and for
    /// emptying. Such a column is usually configured by mistake. Default: false.</summary>
    public bool AllowForeignValues { get; set; }

    /// <summary>Palettes that a run makes again, after the missing ones. <see cref="RefreshKind.Settings"/> stands for those made
    /// with other settings, <see cref="RefreshKind.Covers"/> for those whose cover has changed, <see cref="RefreshKind.All"/>
    /// for both. Palettes that another program has written stay. Default: None.</summary>
    [EnumDataType(typeof(RefreshKind))]
    public RefreshKind Refresh { get; set; } = RefreshKind.None;

    /// <summary>Whether <see cref="Refresh"/> also makes palettes again that this program has not made, or that another
    /// program has replaced. Default: false.</summary>
    public bool Adopt { get; set; }

    /// <summary>Number of rows read in one transaction, with or without a palette. Range: 1 to 1,000,000. Default:
    /// 1,000.</summary>
    [Range(1, 1_000_000)]
    public int PageSize { get; set; } = 1_000;
}
