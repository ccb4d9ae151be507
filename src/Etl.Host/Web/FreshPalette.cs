using PaletteEtl.Palettes;

namespace Etl.Host.Web;

/// <summary>A palette that was just written.</summary>
internal readonly record struct FreshPalette(long Sequence, MovieId Id, Palette Palette, DateTimeOffset At);
