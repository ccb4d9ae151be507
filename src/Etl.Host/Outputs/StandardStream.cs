namespace Etl.Host.Outputs;

/// <summary>Standard output and standard error, where an output names one of them, as <c>/dev/stdout</c> does.</summary>
/// <remarks>Opened a second time, a redirected stream has a position of its own, and one text overwrites the other.</remarks>
internal static class StandardStream
{
    public static bool Is(FileStatus file) => IsAt("/dev/stdout", file) || IsAt("/dev/stderr", file);

    /// <summary>The stream that writes into a file already; null when neither does.</summary>
    public static Stream? Open(FileStatus file) =>
        IsAt("/dev/stdout", file) ? Console.OpenStandardOutput()
        : IsAt("/dev/stderr", file) ? Console.OpenStandardError()
        : null;

    private static bool IsAt(string path, FileStatus file) =>
        !OperatingSystem.IsWindows() && FileStatus.Of(path)?.Identity == file.Identity;
}
