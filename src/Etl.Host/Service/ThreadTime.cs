using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Etl.Host.Service;

/// <summary>What the current thread has taken of a processor. The runtime tells it of the process alone.</summary>
internal static partial class ThreadTime
{
    private const int OfThread = 3; // CLOCK_THREAD_CPUTIME_ID

    /// <summary>Processor time so far. Outside Linux it is the wall clock, which counts waiting as well.</summary>
    public static TimeSpan Used() =>
        OperatingSystem.IsLinux() && GetTime(OfThread, out TimeSpec time) == 0
            ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromTicks(time.Nanoseconds / TimeSpan.NanosecondsPerTick)
            : Stopwatch.GetElapsedTime(0);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetTime(int clock, out TimeSpec time);

    private readonly record struct TimeSpec(nint Seconds, nint Nanoseconds);
}
