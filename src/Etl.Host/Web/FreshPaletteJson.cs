using PaletteEtl.Palettes;

namespace Etl.Host.Web;

/// <summary>A palette that was written, red, green and blue of each colour; <c>sequence</c> counts those of this process.</summary>
internal sealed record FreshPaletteJson(long Sequence, string Id, Palette Palette, DateTimeOffset At);
