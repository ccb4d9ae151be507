using Microsoft.Win32.SafeHandles;

namespace PaletteEtl.Covers.Files;

/// <summary>Reads the files of covers, each in one version: a file that changes while it is read is read again. For many
/// callers at once.</summary>
/// <param name="maxBytes">The largest file that is read.</param>
/// <param name="clock">The clock that modification times are compared with.</param>
internal sealed class CoverFileReader(long maxBytes, TimeProvider clock)
{
    /// <summary>Number of times that a file is examined before it counts as one that keeps changing.</summary>
    public const int MaxAttempts = 10;

    /// <summary>Upper bound of the interval at which kernels advance the clock of modification times: 10 ms on Linux at
    /// 100 Hz, 16 ms on Windows.</summary>
    public static readonly TimeSpan ClockTick = TimeSpan.FromMilliseconds(20);

    /// <summary>Resolution of file systems that store whole seconds; FAT stores even ones.</summary>
    public static readonly TimeSpan WholeSeconds = TimeSpan.FromSeconds(2);

    /// <summary>Reads a file from its beginning to its end.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="path">The path that messages name.</param>
    /// <param name="known">The version that is not read; null to read any.</param>
    /// <param name="reservation">The reservation that the bytes are taken from; null when there is no budget.</param>
    /// <param name="cancellationToken">Ends the waits for a fresh file and for the budget.</param>
    /// <exception cref="CoverException">The file is too large, or keeps changing.</exception>
    public async ValueTask<FetchResult> ReadAsync(
        SafeFileHandle file, string path, CoverVersion? known, Reservation? reservation, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            // The time comes first: a change between these two calls is then seen as one during the read.
            DateTime modified = TimeOf(file, File.GetLastWriteTimeUtc);
            if (await HasWaitedAsync(path, modified, attempt, cancellationToken).ConfigureAwait(false))
            {
                continue;
            }

            var version = new CoverVersion(SizeOf(file, path), modified, ETag: null);
            if (version == known)
            {
                return FetchResult.Unchanged(version);
            }

            int length = LengthOf(path, version);
            if (reservation is not null)
            {
                await reservation.TakeAsync(length, cancellationToken).ConfigureAwait(false);
            }

            if (TryRead(file, length, modified) is { } data)
            {
                return FetchResult.Of(new Cover(data, version, reservation));
            }

            reservation?.Shrink(0); // the next attempt takes as much as it needs
            ThrowIfLast(path, attempt);
        }
    }

    /// <summary>Waits when a file was modified so recently that another change could leave its time as it is. Returns
    /// whether it has waited; the file has to be examined again then.</summary>
    /// <exception cref="CoverException">This was the last attempt.</exception>
    public async ValueTask<bool> HasWaitedAsync(string path, DateTime modified, int attempt, CancellationToken cancellationToken)
    {
        TimeSpan resolution = modified.Ticks % TimeSpan.TicksPerSecond == 0 ? WholeSeconds : ClockTick;
        if ((clock.GetUtcNow().UtcDateTime - modified).Duration() >= resolution)
        {
            return false;
        }

        ThrowIfLast(path, attempt);
        await Task.Delay(resolution, clock, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>The modification time of a file; the earliest of all times for one outside of the years 1 to 9999.</summary>
    public static DateTime TimeOf<T>(T file, Func<T, DateTime> modified)
    {
        try
        {
            return modified(file);
        }
        catch (ArgumentOutOfRangeException)
        {
            return DateTimeOffset.MinValue.UtcDateTime;
        }
    }

    /// <summary>Reads what there is of a file, as much as the buffer holds.</summary>
    public static int Read(SafeFileHandle file, Span<byte> buffer)
    {
        int total = 0;
        for (int read; total < buffer.Length && (read = RandomAccess.Read(file, buffer[total..], total)) > 0;)
        {
            total += read;
        }

        return total;
    }

    /// <summary>The bytes of a file; null when it changed since it was examined.</summary>
    private static NativeBuffer? TryRead(SafeFileHandle file, int length, DateTime modified)
    {
        var data = new NativeBuffer(length);
        bool isWhole = false;
        try
        {
            isWhole = Read(file, data.GetSpan()) == length && EndsAt(file, length) && TimeOf(file, File.GetLastWriteTimeUtc) == modified;
            return isWhole ? data : null;
        }
        finally
        {
            if (!isWhole)
            {
                data.Dispose();
            }
        }
    }

    /// <summary>Whether a file has no bytes beyond a length. Files that state no length, such as those of /proc, may have some.</summary>
    private static bool EndsAt(SafeFileHandle file, int length)
    {
        Span<byte> beyond = stackalloc byte[1];
        return length == 0 || RandomAccess.Read(file, beyond, length) == 0;
    }

    private static long SizeOf(SafeFileHandle file, string path)
    {
        try
        {
            return RandomAccess.GetLength(file);
        }
        catch (NotSupportedException error)
        {
            throw new CoverException(FailureReason.Empty, $"{path} is no file but a pipe or a device.", error);
        }
    }

    private int LengthOf(string path, CoverVersion version) => version.Size <= maxBytes
        ? (int)version.Size
        : throw new CoverException(FailureReason.TooLarge, $"{path} has {version.Size} bytes; {maxBytes} are allowed.")
        {
            Version = version,
        };

    private static void ThrowIfLast(string path, int attempt)
    {
        if (attempt == MaxAttempts)
        {
            throw new CoverException(FailureReason.Timeout, $"{path} keeps changing; read it again once nothing writes to it.");
        }
    }
}
