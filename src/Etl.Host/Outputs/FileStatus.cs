namespace Etl.Host.Outputs;

/// <summary>The facts that a file system has about a file.</summary>
/// <param name="Identity">The number of the file.</param>
/// <param name="Kind">How the file can be written.</param>
/// <param name="Names">The number of hard links.</param>
internal readonly record struct FileStatus(FileIdentity Identity, FileKind Kind, uint Names)
{
    /// <summary>The user that owns the file on Unix; 0 elsewhere.</summary>
    public uint User { get; init; }

    /// <summary>The group of the file on Unix; 0 elsewhere.</summary>
    public uint Group { get; init; }

    /// <summary>The status of the file at a path, behind all links; null when there is none or its folder cannot be searched.</summary>
    /// <exception cref="IOException">The path has too many links, or is too long.</exception>
    public static FileStatus? Of(string path) =>
        OperatingSystem.IsWindows() ? WindowsFileStatus.Of(path) : UnixFileStatus.Of(path);

    /// <summary>Likewise, and null for a path that the system does not accept.</summary>
    public static FileStatus? TryOf(string path)
    {
        try
        {
            return Of(path);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
