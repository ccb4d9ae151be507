using Microsoft.Win32.SafeHandles;

namespace PaletteEtl.Covers.Files;

/// <summary>The folder that a template names, and whether a file is in it, wherever links lead.</summary>
/// <param name="path">The folder, which may be a link itself.</param>
internal sealed class CoverFolder(string path)
{
    private readonly string _path = WithSeparator(path);
    private volatile string? _real;

    /// <summary>Whether the folder was reached through a link when it was last looked for.</summary>
    public bool IsLinked => _real is { } real && real != _path;

    /// <summary>Whether a path, which has no <c>..</c>, begins with that of the folder.</summary>
    public bool Names(string file) => IsBelow(file, _path);

    /// <exception cref="CoverException">The file is in another folder, to which a link has led.</exception>
    public void ThrowIfLinkedFromOutside(SafeFileHandle opened, string file)
    {
        string real = PathOf(opened) ?? RealPath.Of(file);
        if (_real is { } known && IsBelow(real, known))
        {
            return;
        }

        // The folder has not been looked for yet, or it is a link that leads elsewhere now.
        if (!IsBelow(real, _real = WithSeparator(RealPath.Of(path))))
        {
            throw new CoverException(
                FailureReason.Forbidden,
                $"{file} links to {real}, which is outside of {this}. Set Etl:Fetch:FollowLinks to allow this.");
        }
    }

    /// <summary>Why no file can be read in the folder, as the end of a sentence; null when one can. The mount point of a disk that is not
    /// mounted is an empty folder.</summary>
    public string? Problem()
    {
        try
        {
            return !Directory.Exists(path) ? $"the folder {this} does not exist"
                : !Directory.EnumerateFileSystemEntries(path).Any() ? $"the folder {this} is empty"
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"the folder {this} cannot be read";
        }
    }

    public override string ToString() => Path.TrimEndingDirectorySeparator(path);

    private static bool IsBelow(string file, string folder) =>
        file.Length > folder.Length && file.StartsWith(folder, StringComparison.Ordinal);

    private static string WithSeparator(string folder) =>
        Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar;

    /// <summary>The path of what was opened, which nobody can exchange any more; null where the system does not tell.</summary>
    private static string? PathOf(SafeFileHandle opened) =>
        OperatingSystem.IsLinux() ? new FileInfo($"/proc/self/fd/{opened.DangerousGetHandle()}").LinkTarget : null;
}
