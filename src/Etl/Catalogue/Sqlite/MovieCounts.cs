namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>The movies of a catalogue by their state.</summary>
/// <param name="Movies">All movies.</param>
/// <param name="Missing">Those whose palette is missing.</param>
/// <param name="Unreadable">Those whose palette is neither missing nor a list of colours.</param>
/// <param name="Incomplete">Those that have a palette and lack another column.</param>
/// <param name="Failed">Those among <paramref name="Missing"/> and <paramref name="Incomplete"/> that have a dead letter.</param>
internal readonly record struct MovieCounts(long Movies, long Missing, long Unreadable, long Incomplete, long Failed);
