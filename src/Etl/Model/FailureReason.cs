namespace PaletteEtl.Model;

/// <summary>Why a movie could not be given a palette: a closed set, stored and counted by these names in lower case
/// with underscores (<c>not_found</c>).</summary>
public enum FailureReason
{
    /// <summary>No location has a cover for the movie.</summary>
    NotFound,

    /// <summary>Access to the cover was refused, or its location is not allowed.</summary>
    Forbidden,

    /// <summary>The movie's id is NULL, names no file or URL, or leads out of the covers' folder.</summary>
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

    /// <summary>The cover is damaged, and cannot be decoded or <c>Decode:Strict</c> refuses it.</summary>
    Corrupt,

    /// <summary>The cover took longer than <c>Fetch:Timeout</c> or <c>Decode:Timeout</c>.</summary>
    Timeout,

    /// <summary>The server of the cover failed, or could not be reached.</summary>
    Unreachable,

    /// <summary>The cover crashed the process that decoded it.</summary>
    Crashed,

    /// <summary>The database refused the palette: a constraint, or a trigger that raises an error or ignores the row.</summary>
    Rejected,

    /// <summary>Another error, which the message names.</summary>
    Internal,

    /// <summary>The process that decoded the cover was killed, usually by the out-of-memory killer.</summary>
    Memory,
}
