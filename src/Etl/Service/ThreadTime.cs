using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PaletteEtl.Service;

/// <summary>CPU time of the current thread. The runtime reports only that of the process.</summary>
internal static partial class ThreadTime
{
    private const int OfThread = 3; // CLOCK_THREAD_CPUTIME_ID

    /// <summary>CPU time so far. Outside Linux it is wall-clock time, which includes waiting.</summary>
    public static TimeSpan Used() =>
        OperatingSystem.IsLinux() && GetTime(OfThread, out TimeSpec time) == 0
            ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromTicks(time.Nanoseconds / TimeSpan.NanosecondsPerTick)
            : Stopwatch.GetElapsedTime(0);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetTime(int clock, out TimeSpec time);

    private readonly record struct TimeSpec(nint Seconds, nint Nanoseconds);
}
