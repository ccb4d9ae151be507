using PaletteEtl.Palettes;

namespace Etl.Host.Web;

/// <summary>A palette that was just written.</summary>
internal readonly record struct FreshPalette(long Sequence, Movie Movie, Palette Palette, DateTimeOffset At);
