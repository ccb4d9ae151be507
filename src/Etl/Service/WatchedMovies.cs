using PaletteEtl.Catalogue;

namespace PaletteEtl.Service;

/// <summary>The movies that a service watches.</summary>
/// <param name="Missing">Those whose palette is missing, without those whose palette may be stale.</param>
/// <param name="Catalogue">Their SQLite catalogue; null for another store, whose changes are not known and which is not counted.</param>
internal sealed record WatchedMovies(IMovieSource Missing, CatalogueOptions? Catalogue);
