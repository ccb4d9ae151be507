using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Etl.Host.Outputs;

/// <summary>Copies owner and permissions from one file to another on Unix, as far as the process and the file system allow.</summary>
[UnsupportedOSPlatform("windows")]
internal static partial class UnixPermissions
{
    private const uint Unchanged = uint.MaxValue;

    private const UnixFileMode Permissions = (UnixFileMode)0x1FF; // without set-user-id, set-group-id and the sticky bit

    public static void TryCopy(string source, FileStatus owner, string target)
    {
        if (ChangeOwner(target, owner.User, owner.Group) != 0)
        {
            _ = ChangeOwner(target, Unchanged, owner.Group); // only root may give a file to another user
        }

        try
        {
            File.SetUnixFileMode(target, File.GetUnixFileMode(source) & Permissions);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A file system such as FAT has the same permissions for all files.
        }
    }

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ChangeOwner(string path, uint user, uint group);
}
