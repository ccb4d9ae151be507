namespace PaletteEtl.Palettes;

/// <summary>A movie whose palette is near to another's.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Palette">Its palette.</param>
/// <param name="Distance">How far that is, as <see cref="PaletteDistance"/> has it.</param>
/// <param name="Settings">The settings that its palette was made with; null if unknown.</param>
internal sealed record SimilarMovie(MovieId Id, Palette Palette, double Distance, string? Settings = null);
