using System.Runtime.InteropServices;

namespace Etl.Host.Outputs;

/// <summary>Reads the status of a file with <c>statx</c> on Linux and <c>stat</c> on macOS.</summary>
internal static partial class UnixFileStatus
{
    private const int NoEntry = 2; // ENOENT
    private const int AccessDenied = 13; // EACCES
    private const int NotADirectory = 20; // ENOTDIR

    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint BasicFields = 0x7FF; // STATX_BASIC_STATS

    public static FileStatus? Of(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            return ReadLinux(CurrentFolder, path, flags: 0, BasicFields, out LinuxFields linux) == 0
                ? new(new((ulong)linux.DeviceMajor << 32 | linux.DeviceMinor, linux.Inode), KindOf(linux.Mode), linux.Links)
                {
                    User = linux.User,
                    Group = linux.Group,
                }
                : Missing(path);
        }

        int result = RuntimeInformation.ProcessArchitecture == Architecture.X64
            ? ReadMacX64(path, out MacFields mac)
            : ReadMac(path, out mac);
        return result == 0
            ? new(new((uint)mac.Device, mac.Inode), KindOf(mac.Mode), mac.Links) { User = mac.User, Group = mac.Group }
            : Missing(path);
    }

    private static FileStatus? Missing(string path) => Marshal.GetLastPInvokeError() switch
    {
        NoEntry or AccessDenied or NotADirectory => null,
        int error => throw new IOException($"{Marshal.GetPInvokeErrorMessage(error)} : '{path}'"),
    };

    private static FileKind KindOf(ushort mode) => (mode & 0xF000) switch
    {
        0x8000 => FileKind.Regular,
        0x4000 => FileKind.Directory,
        0x1000 or 0x2000 => FileKind.Stream, // pipe, character device
        _ => FileKind.Other,
    };

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ReadLinux(int folder, string path, int flags, uint fields, out LinuxFields status);

    [LibraryImport("libc", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ReadMac(string path, out MacFields status);

    // The entry point without the suffix has inodes of 32 bits there.
    [LibraryImport("libc", EntryPoint = "stat$INODE64", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ReadMacX64(string path, out MacFields status);

    /// <summary><c>struct statx</c>, which is the same on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct LinuxFields
    {
        [FieldOffset(16)]
        public uint Links;

        [FieldOffset(20)]
        public uint User;

        [FieldOffset(24)]
        public uint Group;

        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }

    /// <summary><c>struct stat</c> of macOS with inodes of 64 bits.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 144)]
    private struct MacFields
    {
        [FieldOffset(0)]
        public int Device;

        [FieldOffset(4)]
        public ushort Mode;

        [FieldOffset(6)]
        public ushort Links;

        [FieldOffset(8)]
        public ulong Inode;

        [FieldOffset(16)]
        public uint User;

        [FieldOffset(20)]
        public uint Group;
    }
}
