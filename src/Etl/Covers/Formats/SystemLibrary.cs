using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;

namespace PaletteEtl.Covers.Formats;

/// <summary>Libraries of the system that decode faster, for those systems that have them. One beside the program goes before the system's.</summary>
internal static class SystemLibrary
{
    private const DllImportSearchPath Places = DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories;

    private static readonly Assembly Own = typeof(SystemLibrary).Assembly;
    private static readonly ConcurrentDictionary<string, nint> Handles = new(StringComparer.Ordinal);

    static SystemLibrary() => NativeLibrary.SetDllImportResolver(Own, static (library, _, _) => Handles.GetValueOrDefault(library));

    /// <summary>Loads the first of some files that has a function. False when there is none.</summary>
    /// <param name="library">The name of the library in imports.</param>
    /// <param name="files">The names that its file has.</param>
    /// <param name="function">A function that all usable versions have.</param>
    public static bool TryLoad(string library, string[] files, string function)
    {
        foreach (string file in files)
        {
            if (NativeLibrary.TryLoad(file, Own, Places, out nint handle) && NativeLibrary.TryGetExport(handle, function, out _))
            {
                Handles[library] = handle;
                return true;
            }
        }

        return false;
    }
}
