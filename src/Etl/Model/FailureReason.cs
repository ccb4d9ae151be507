namespace PaletteEtl.Model;

/// <summary>Why a movie could not be given a palette: a closed set, stored and counted by these names in lower case
/// with underscores (<c>not_found</c>).</summary>
public enum FailureReason
{
    /// <summary>No location has a cover for the movie.</summary>
    NotFound,

    /// <summary>The cover may not be read.</summary>
    Forbidden,

    /// <summary>The movie's id is NULL, of a type that names nothing, or would lead out of the covers' folder.</summary>
    InvalidId,

    /// <summary>The cover has no bytes.</summary>
    Empty,

    /// <summary>The cover has more bytes than <c>Fetch:MaxCoverBytes</c>.</summary>
    TooLarge,

    /// <summary>The cover has more pixels than <c>Decode:MaxPixels</c>, or needs more memory than the decoders' budget.</summary>
    TooManyPixels,

    /// <summary>The content is of no format that is decoded.</summary>
    UnsupportedFormat,

    /// <summary>The cover ends too early.</summary>
    Truncated,

    /// <summary>The cover is damaged.</summary>
    Corrupt,

    /// <summary>It took too long.</summary>
    Timeout,

    /// <summary>The server that holds the cover did not answer as it should.</summary>
    Unreachable,

    /// <summary>Decoding the cover ended the process that did it.</summary>
    Crashed,

    /// <summary>The database refused the palette: a constraint, or a trigger that raises an error or ignores the row.</summary>
    Rejected,

    /// <summary>Anything unforeseen; the message says what.</summary>
    Internal,

    /// <summary>The process that decoded the cover was killed from outside, by the out-of-memory killer as a rule.</summary>
    Memory,
}
