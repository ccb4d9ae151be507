using PaletteEtl.Palettes;

namespace Etl.Host.Report;

/// <summary>A movie of the gallery.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Palette">Its colours.</param>
/// <param name="Cover">A small picture of its cover as a data URI; null where there is none.</param>
internal sealed record GalleryMovie(string Id, Palette Palette, string? Cover);
