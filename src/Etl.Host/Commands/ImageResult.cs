using PaletteEtl.Palettes;

namespace Etl.Host.Commands;

/// <summary>A single image's palette, or why it has none.</summary>
/// <param name="Source">The file, the URL, or - for standard input.</param>
/// <param name="Palette">Its palette; nothing where it failed.</param>
/// <param name="Failure">Why it has none.</param>
/// <param name="Elapsed">From the first byte asked for to the palette.</param>
/// <param name="Damage">The damage that the image has all the same; null when none was found.</param>
internal sealed record ImageResult(string Source, Palette Palette, Failure? Failure, TimeSpan Elapsed, string? Damage = null)
{
    /// <summary>The colour space whose colours were counted as sRGB; null for none.</summary>
    public string? UnconvertedColors { get; init; }

    /// <summary>The values of all columns, named as JSON names them; empty where the image failed.</summary>
    public IReadOnlyList<ColumnValue> Columns { get; init; } = [];
}
