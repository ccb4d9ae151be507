using System.ComponentModel.DataAnnotations;

namespace PaletteEtl.Columns;

/// <summary>Columns that runs fill in beside the palette, from the same decoding. Each option names a column of the table. A column that is
/// configured later is filled in for movies that have a palette, too.</summary>
public sealed class ColumnOptions
{
    /// <summary>Column for the share of the cover's pixels that each colour of the palette stands for: <c>[0.4122, 0.207, ...]</c>, with
    /// four decimals, and 0 for a repeated colour. If not set, none is written. Default: not set.</summary>
    [MinLength(1)]
    public string? Population { get; set; }

    /// <summary>Column for the palette as a JSON list of texts in <see cref="ColorFormat"/>. If not set, none is written. Default: not
    /// set.</summary>
    [MinLength(1)]
    public string? Colors { get; set; }

    /// <summary>Column for the colour of the palette that most pixels have. If not set, none is written. Default: not set.</summary>
    [MinLength(1)]
    public string? Dominant { get; set; }

    /// <summary>Column for the colour that stands out: of a hue that is vivid, has many pixels and is not that of the frame. If not set,
    /// none is written. Default: not set.</summary>
    [MinLength(1)]
    public string? Accent { get; set; }

    /// <summary>Column for the mean colour of all pixels in OKLab, a placeholder of one colour. If not set, none is written. Default: not
    /// set.</summary>
    [MinLength(1)]
    public string? Mean { get; set; }

    /// <summary>Column for the colour of text on <see cref="Dominant"/>: black or white, the one with the higher contrast (WCAG 2.2, at
    /// least 4.5). If not set, none is written. Default: not set.</summary>
    [MinLength(1)]
    public string? TextColor { get; set; }

    /// <summary>Column for six named colours and the text colour of each, as a JSON object: <c>vibrant</c>, <c>lightVibrant</c>,
    /// <c>darkVibrant</c>, <c>muted</c>, <c>lightMuted</c>, <c>darkMuted</c>; null for a kind that the cover lacks. If not set, none is
    /// written. Default: not set.</summary>
    [MinLength(1)]
    public string? Swatches { get; set; }

    /// <summary>Column for 1 if white text has a higher contrast than black on the cover's mean luminance, else 0. If not set, none is
    /// written. Default: not set.</summary>
    [MinLength(1)]
    public string? IsDark { get; set; }

    /// <summary>Column for the ThumbHash of the cover in Base64, a placeholder of some 28 characters. If not set, none is written. Default:
    /// not set.</summary>
    [MinLength(1)]
    public string? ThumbHash { get; set; }

    /// <summary>Column for the BlurHash of the cover, a placeholder of 4 x 3 components (3 x 4 for portraits). If not set, none is written.
    /// Default: not set.</summary>
    [MinLength(1)]
    public string? BlurHash { get; set; }

    /// <summary>Column for the perceptual hash of the cover, 16 hexadecimal digits; those of similar covers differ in few bits. If not set,
    /// none is written. Default: not set.</summary>
    [MinLength(1)]
    public string? PHash { get; set; }

    /// <summary>Column for the difference hash of the cover, 16 hexadecimal digits: less robust than <see cref="PHash"/>, but common. If
    /// not set, none is written. Default: not set.</summary>
    [MinLength(1)]
    public string? DHash { get; set; }

    /// <summary>Column for the cover's width in pixels. If not set, none is written. Default: not set.</summary>
    [MinLength(1)]
    public string? Width { get; set; }

    /// <summary>Column for the cover's height in pixels. If not set, none is written. Default: not set.</summary>
    [MinLength(1)]
    public string? Height { get; set; }

    /// <summary>Column for the cover's format in lower case, such as <c>jpeg</c>. If not set, none is written. Default: not set.</summary>
    [MinLength(1)]
    public string? Format { get; set; }

    /// <summary>Notation of colours in these columns. <see cref="ColorFormat.Hex"/> is <c>#7cc6cb</c>, <see cref="ColorFormat.Rgb"/> is
    /// <c>rgb(124 198 203)</c>, <see cref="ColorFormat.Oklch"/> is <c>oklch(78% 0.074 201.25)</c>, and <see cref="ColorFormat.Json"/> is
    /// <c>[124, 198, 203]</c>. Default: Hex.</summary>
    [EnumDataType(typeof(ColorFormat))]
    public ColorFormat ColorFormat { get; set; } = ColorFormat.Hex;
}
