namespace Etl.Host.Explain;

/// <summary>The outcome of a location of covers for a movie.</summary>
internal enum LocationOutcome
{
    /// <summary>The cover is there.</summary>
    Found,

    /// <summary>There is no cover.</summary>
    Absent,

    /// <summary>The id or the location of the row is refused.</summary>
    Refused,

    /// <summary>The cover could not be read, so that no further location is tried.</summary>
    Failed,

    /// <summary>A location before it had the cover, or failed.</summary>
    NotTried,
}
