namespace Etl.Host.Report;

/// <summary>What the page of a report shows.</summary>
/// <param name="Database">The database's path.</param>
/// <param name="Table">The table of movies.</param>
/// <param name="At">When it was made, as the time is where that was.</param>
/// <param name="Movies">Rows.</param>
/// <param name="Missing">Those whose palette is missing.</param>
/// <param name="Gallery">Some of those that have one, from all over the catalogue.</param>
/// <param name="Failures">Dead letters by reason.</param>
internal sealed record CatalogueReport(
    string Database,
    string Table,
    string At,
    long Movies,
    long Missing,
    IReadOnlyList<GalleryMovie> Gallery,
    IReadOnlyList<FailureGroup> Failures);
