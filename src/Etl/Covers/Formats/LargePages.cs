using System.Runtime.InteropServices;

namespace PaletteEtl.Covers.Formats;

/// <summary>Has Linux back fresh memory by pages of 2 MiB, of which there are 512 times fewer to map and clear.</summary>
internal static partial class LargePages
{
    private const int HugePageAdvice = 14; // of madvise(2)

    /// <summary>Advises so for the pages that lie within a buffer. A system that is set not to heed it does not.</summary>
    public static void Advise(NativeBuffer buffer)
    {
        if (OperatingSystem.IsLinux())
        {
            nint page = Environment.SystemPageSize;
            nint start = (buffer.Address + page - 1) & -page;
            nint end = (buffer.Address + buffer.Length) & -page;
            _ = Advise(start, (nuint)(end - start), HugePageAdvice);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(nint start, nuint length, int advice);
}
