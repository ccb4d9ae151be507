using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Etl.Host.Outputs;

/// <summary>Reads the status of a file with <c>GetFileInformationByHandle</c>.</summary>
internal static partial class WindowsFileStatus
{
    private const int FileNotFound = 2;
    private const int PathNotFound = 3;
    private const int AccessDenied = 5;

    private const uint NoAccess = 0; // needs no permission on the file and conflicts with no other handle
    private const uint OpensDirectories = 0x0200_0000; // FILE_FLAG_BACKUP_SEMANTICS
    private const uint Disk = 1; // FILE_TYPE_DISK

    public static FileStatus? Of(string path)
    {
        using SafeFileHandle file = Open(
            path, NoAccess, FileShare.ReadWrite | FileShare.Delete, security: 0, FileMode.Open, OpensDirectories, template: 0);
        if (file.IsInvalid)
        {
            int error = Marshal.GetLastPInvokeError();
            return error is FileNotFound or PathNotFound or AccessDenied
                ? null
                : throw new IOException($"{Marshal.GetPInvokeErrorMessage(error)} : '{path}'");
        }

        if (TypeOf(file) != Disk)
        {
            return new(default, FileKind.Stream, Names: 1);
        }

        if (!Read(file, out Fields fields))
        {
            throw new IOException($"{Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())} : '{path}'");
        }

        FileKind kind = ((FileAttributes)fields.Attributes).HasFlag(FileAttributes.Directory) ? FileKind.Directory : FileKind.Regular;
        return new(new(fields.Volume, (ulong)fields.IndexHigh << 32 | fields.IndexLow), kind, fields.Links);
    }

    [LibraryImport("kernel32", EntryPoint = "CreateFileW", StringMarshalling = StringMarshalling.Utf16, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial SafeFileHandle Open(
        string path, uint access, FileShare share, nint security, FileMode mode, uint flags, nint template);

    [LibraryImport("kernel32", EntryPoint = "GetFileType")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial uint TypeOf(SafeFileHandle file);

    [LibraryImport("kernel32", EntryPoint = "GetFileInformationByHandle", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool Read(SafeFileHandle file, out Fields fields);

    /// <summary><c>BY_HANDLE_FILE_INFORMATION</c>.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 52)]
    private struct Fields
    {
        [FieldOffset(0)]
        public uint Attributes;

        [FieldOffset(28)]
        public uint Volume;

        [FieldOffset(40)]
        public uint Links;

        [FieldOffset(44)]
        public uint IndexHigh;

        [FieldOffset(48)]
        public uint IndexLow;
    }
}
