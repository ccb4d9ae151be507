namespace PaletteEtl.Covers;

/// <summary>How a cover was decoded.</summary>
/// <param name="Decoder">The decoder that gave the pixels; null where it is not known.</param>
/// <param name="Format">The name of the cover's format, such as <c>JPEG</c>.</param>
/// <param name="Width">Pixels of a row of the cover.</param>
/// <param name="Height">Rows of the cover.</param>
/// <param name="DecodedWidth">Pixels of a row as it was decoded, which is less at a scale.</param>
/// <param name="DecodedHeight">Rows as they were decoded, likewise.</param>
/// <param name="Step">Distance of two counted pixels, or side of the areas that are averaged, in decoded pixels.</param>
internal readonly record struct CoverDecoding(string? Decoder, string Format, int Width, int Height, int DecodedWidth, int DecodedHeight, int Step)
{
    /// <summary>The colour space whose colours were counted as sRGB, such as <c>PQ</c>; null for none.</summary>
    public string? Unconverted { get; init; }

    /// <summary>The time that it took; null where it was not measured.</summary>
    public TimeSpan? Elapsed { get; init; }
}
