using System.Runtime.InteropServices;

namespace Etl.Host;

/// <summary>Has the C library give large blocks back to the system.</summary>
internal static partial class NativeHeap
{
    // Of glibc's malloc.h.
    private const int TrimThreshold = -1;
    private const int MapThreshold = -3;

    /// <summary>Maps blocks from 1 MiB apart, so that they go back when they are freed. By default glibc raises that
    /// bound as large blocks are freed, and each thread's heap then keeps what its largest cover took. To be called
    /// before there are other threads; elsewhere than on glibc it does nothing.</summary>
    public static void ReturnLargeBlocks()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = SetOption(MapThreshold, 1 << 20);
            _ = SetOption(TrimThreshold, 4 << 20);
        }
        catch (EntryPointNotFoundException)
        {
            // musl maps large blocks apart by itself.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetOption(int option, int value);
}
