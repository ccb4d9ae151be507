using System.Runtime.InteropServices;

namespace Etl.Host;

/// <summary>Has the C library keep no more memory than it needs.</summary>
internal static partial class NativeHeap
{
    // Of glibc's malloc.h.
    private const int TrimThreshold = -1;
    private const int MapThreshold = -3;
    private const int MaxArenas = -8;

    /// <summary>Threads beside those that decode, one a core: readers, the writer, requests.</summary>
    private const int OtherArenas = 2;

    /// <summary>Maps blocks from 1 MiB apart, so that they go back when they are freed. By default glibc raises that
    /// bound as large blocks are freed, and each thread's heap then keeps what its largest cover took. And has threads share
    /// heaps, of which there would be eight a core, each with holes of its own: a service that runs for long would grow. To
    /// be called before there are other threads; elsewhere than on glibc it does nothing.</summary>
    public static void Bound()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = SetOption(MapThreshold, 1 << 20);
            _ = SetOption(TrimThreshold, 16 << 20);
            _ = SetOption(MaxArenas, Environment.ProcessorCount + OtherArenas);
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
