using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PaletteEtl.Covers.Files;

/// <summary>Opens the files of covers without waiting. A plain open waits for a writer when a pipe has just taken the place of a
/// file.</summary>
internal static partial class CoverFile
{
    private const int ReadOnly = 0; // O_RDONLY
    private const int NotPermitted = 1; // EPERM
    private const int NoEntry = 2; // ENOENT
    private const int Interrupted = 4; // EINTR
    private const int AccessDenied = 13; // EACCES
    private const int NotADirectory = 20; // ENOTDIR

    private static readonly bool IsMac = OperatingSystem.IsMacOS();
    private static readonly int DoNotWait = IsMac ? 0x4 : 0x800; // O_NONBLOCK
    private static readonly int CloseOnExecute = IsMac ? 0x1000000 : 0x80000; // O_CLOEXEC
    private static readonly int NameTooLong = IsMac ? 63 : 36; // ENAMETOOLONG

    /// <summary>Opens a file; null if it does not exist.</summary>
    /// <exception cref="CoverException">The file may not be read.</exception>
    /// <exception cref="PathTooLongException">The name is too long.</exception>
    public static SafeFileHandle? Open(string path) => OperatingSystem.IsWindows() ? OpenOnWindows(path) : OpenOnUnix(path);

    private static SafeFileHandle? OpenOnUnix(string path)
    {
        int descriptor;
        int error;
        do
        {
            descriptor = Open(path, ReadOnly | CloseOnExecute | DoNotWait);
            error = Marshal.GetLastPInvokeError();
        }
        while (descriptor < 0 && error == Interrupted);

        if (descriptor >= 0)
        {
            return new SafeFileHandle(descriptor, ownsHandle: true);
        }

        return error switch
        {
            NoEntry or NotADirectory => null,
            AccessDenied or NotPermitted => throw MayNotBeRead(path, cause: null),
            _ when error == NameTooLong => throw new PathTooLongException(),
            _ => throw new IOException($"{Marshal.GetPInvokeErrorMessage(error)} : '{path}'"),
        };
    }

    private static SafeFileHandle? OpenOnWindows(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException error)
        {
            throw MayNotBeRead(path, error);
        }
    }

    private static CoverException MayNotBeRead(string path, Exception? cause) =>
        new(FailureReason.Forbidden, $"{path} may not be read.", cause);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);
}
