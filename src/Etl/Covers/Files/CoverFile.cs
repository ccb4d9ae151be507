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

    private const int NotImplemented = 38; // ENOSYS
    private const int OpenAt2 = 437; // the number of the call, on every architecture
    private const int CurrentFolder = -100; // AT_FDCWD
    private const ulong NoLinks = 4; // RESOLVE_NO_SYMLINKS

    private static readonly bool IsMac = OperatingSystem.IsMacOS();
    private static readonly int DoNotWait = IsMac ? 0x4 : 0x800; // O_NONBLOCK
    private static readonly int CloseOnExecute = IsMac ? 0x1000000 : 0x80000; // O_CLOEXEC
    private static readonly int NameTooLong = IsMac ? 63 : 36; // ENAMETOOLONG
    private static volatile bool _refusesLinks = OperatingSystem.IsLinux();

    /// <summary>Opens a file; null if it does not exist.</summary>
    /// <exception cref="CoverException">The file may not be read.</exception>
    /// <exception cref="PathTooLongException">The name is too long.</exception>
    public static SafeFileHandle? Open(string path) => OperatingSystem.IsWindows() ? OpenOnWindows(path) : OpenOnUnix(path);

    /// <summary>Opens a file if no part of its path is a link. Null if one is, if the file cannot be opened, or if the system has no such
    /// call, which Linux has since 5.6.</summary>
    public static SafeFileHandle? OpenUnlessLinked(string path)
    {
        if (!_refusesLinks)
        {
            return null;
        }

        var how = new OpenHow { Flags = (ulong)(ReadOnly | CloseOnExecute | DoNotWait), Resolve = NoLinks };
        nint descriptor = SystemCall(OpenAt2, CurrentFolder, path, how, Marshal.SizeOf<OpenHow>());
        if (descriptor >= 0)
        {
            return new SafeFileHandle(descriptor, ownsHandle: true);
        }

        _refusesLinks = Marshal.GetLastPInvokeError() != NotImplemented;
        return null;
    }

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

    [LibraryImport("libc", EntryPoint = "syscall", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint SystemCall(nint number, nint folder, string path, in OpenHow how, nint size);

    private struct OpenHow
    {
        public ulong Flags;
        public ulong Mode;
        public ulong Resolve;
    }
}
