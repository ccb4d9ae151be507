using PaletteEtl.Catalogue;
using PaletteEtl.Palettes;

namespace Etl.Host.Report;

/// <summary>The contents of a report's page.</summary>
/// <param name="Database">The database's path.</param>
/// <param name="Table">The table of movies.</param>
/// <param name="At">The time at which the report was made.</param>
/// <param name="Movies">Number of movies.</param>
/// <param name="Missing">Number of movies whose palette is missing.</param>
/// <param name="PalettesBySettings">Palettes by the settings that they were made with, as far as known.</param>
/// <param name="Gallery">Some of the movies that have a palette, from all over the catalogue.</param>
/// <param name="Reasons">Dead letters by reason, with examples.</param>
internal sealed record CatalogueReport(
    string Database,
    string Table,
    DateTimeOffset At,
    long Movies,
    long Missing,
    IReadOnlyList<SettingsCount> PalettesBySettings,
    IReadOnlyList<GalleryMovie> Gallery,
    IReadOnlyList<ReasonExamples> Reasons);

/// <summary>A movie of the gallery.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Palette">Its colours.</param>
/// <param name="Cover">A small picture of its cover as a data URI; null where there is none.</param>
internal sealed record GalleryMovie(string? Id, Palette Palette, string? Cover);

/// <summary>The dead letters of a reason.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Examples">The first few.</param>
internal sealed record ReasonExamples(string Reason, long Count, IReadOnlyList<ReasonExamples.Example> Examples)
{
    internal sealed record Example(string? Id, string Message);
}
