namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>A movie of the demo's catalogue.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Year">When it came out.</param>
/// <param name="Palette">Its palette as JSON; missing as null or as the empty text.</param>
/// <param name="PlotVector">Other data of the movie, which this program does not use.</param>
internal sealed record SampleMovie(string Id, string Title, int Year, string? Palette, string PlotVector);
