using System.Runtime.InteropServices;

namespace Etl.IntegrationTests.Outputs;

/// <summary>Files that .NET has no call for.</summary>
internal static partial class UnixFile
{
    public static void HardLink(string existing, string name) => Assert.Equal(0, Link(existing, name));

    public static string Pipe(string path)
    {
        Assert.Equal(0, MakePipe(path, 0x1B6));
        return path;
    }

    public static void SetOwner(string path, uint user, uint group) => Assert.Equal(0, ChangeOwner(path, user, group));

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ChangeOwner(string path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string existing, string name);

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MakePipe(string path, uint mode);
}
