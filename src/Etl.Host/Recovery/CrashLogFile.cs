using System.Diagnostics;
using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Etl.Host.Recovery;

/// <summary>The file of one process's crash log, locked while the process lives: entries in numbered slots.</summary>
internal sealed class CrashLogFile : IDisposable
{
    private static int _count;

    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly Stack<int> _free = [];
    private int _slots;

    private CrashLogFile(string path)
    {
        _path = path;
        _file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        if (!File.Exists(path))
        {
            _file.Dispose();
            throw new IOException($"Another process deleted {path} before it was locked.");
        }
    }

    /// <summary>Creates a file that is named by process id and start time.</summary>
    /// <exception cref="IOException">The file cannot be created, or another process has taken it over before it was locked.</exception>
    public static CrashLogFile Create(string folder)
    {
        using var process = Process.GetCurrentProcess();
        return new CrashLogFile(Path.Combine(folder, string.Create(
            CultureInfo.InvariantCulture,
            $"{process.Id}-{process.StartTime.ToUniversalTime():yyyyMMdd'T'HHmmss.fff'Z'}-{Interlocked.Increment(ref _count)}")));
    }

    /// <summary>Reads the file of a process that has ended, and deletes it when all its entries are taken.</summary>
    /// <exception cref="IOException">The process is running, the file is gone, or an entry cannot be taken.</exception>
    public static void TakeOver(string path, Action<CrashLogEntry> take)
    {
        using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        byte[] bytes = new byte[RandomAccess.GetLength(file)];
        int length = RandomAccess.Read(file, bytes, fileOffset: 0);
        for (int at = 0; at + CrashLogEntry.Bytes <= length; at += CrashLogEntry.Bytes)
        {
            if (CrashLogEntry.Read(bytes.AsSpan(at)) is { } entry)
            {
                take(entry);
            }
        }

        Delete(file, path);
    }

    /// <summary>Puts an entry into a free slot, and returns the slot.</summary>
    /// <exception cref="IOException">The entry cannot be written, for example because the disk is full.</exception>
    public int Add(CrashLogEntry entry)
    {
        int slot = _free.TryPeek(out int free) ? free : _slots;
        Set(slot, entry); // may fail: the slot is taken after that
        if (!_free.TryPop(out _))
        {
            _slots++;
        }

        return slot;
    }

    public void Set(int slot, CrashLogEntry entry)
    {
        Span<byte> bytes = stackalloc byte[CrashLogEntry.Bytes];
        entry.Write(bytes);
        Write(slot, bytes);
    }

    public void Remove(int slot)
    {
        Span<byte> nothing = stackalloc byte[CrashLogEntry.Bytes];
        Write(slot, nothing);
        _free.Push(slot);
    }

    /// <summary>Closes the file, and deletes it when it has no entry.</summary>
    public void Dispose()
    {
        if (_free.Count == _slots)
        {
            Delete(_file, _path);
        }

        _file.Dispose();
    }

    /// <summary>Deletes a file while it is locked, so that no other process takes it over meanwhile and removes the folder. Windows
    /// deletes only files that are closed.</summary>
    private static void Delete(SafeFileHandle file, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            file.Dispose();
        }

        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody has removed the folder.
        }
    }

    private void Write(int slot, ReadOnlySpan<byte> bytes) =>
        RandomAccess.Write(_file, bytes, (long)slot * CrashLogEntry.Bytes);
}
