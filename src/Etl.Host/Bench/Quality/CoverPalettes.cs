using PaletteEtl.Palettes;

namespace Etl.Host.Bench.Quality;

/// <summary>The palettes that one mode or program makes of a cover.</summary>
/// <param name="Palette">The palette of the cover as it is.</param>
/// <param name="FullSize">The palette of the cover decoded at full size; null for another program.</param>
/// <param name="Reencoded">The palette of each of <see cref="Reencoding.All"/>; empty for a cover that is not encoded again.</param>
internal sealed record CoverPalettes(Palette Palette, Palette? FullSize, IReadOnlyList<Palette> Reencoded);
