namespace Etl.Host.Outputs;

/// <summary>How a file can be written.</summary>
internal enum FileKind
{
    /// <summary>A file with bytes of its own, which another file can replace.</summary>
    Regular,

    /// <summary>A directory, which holds files.</summary>
    Directory,

    /// <summary>A pipe, a terminal or another character device, which takes a stream of bytes.</summary>
    Stream,

    /// <summary>A disk, a socket and the like.</summary>
    Other,
}
