using Etl.Pipeline;
using Etl.Query;
using Microsoft.Win32.SafeHandles;

namespace Etl.Fetch;

/// <summary>Covers in files of one folder, named by movie.</summary>
internal sealed class DirectoryLocation(LocationTemplate template, FetchOptions options) : CoverLocation(template)
{
    // The id is data: whatever it is, nothing outside the folder that the template names is read.
    private readonly CoverFolder _folder = new(template.Folder);
    private readonly string _current = Environment.CurrentDirectory;

    public override async ValueTask<Cover?> TryFetchAsync(Movie movie, Reservation reservation, CancellationToken cancellationToken)
    {
        string path = PathOf(movie);
        ThrowIfEmpty(movie, path);
        using SafeFileHandle? file = Open(path);
        if (file is null)
        {
            return null;
        }

        if (Template.NamesMovie && !options.FollowLinks)
        {
            _folder.ThrowIfLinkedFromOutside(file, path);
        }

        long length = RandomAccess.GetLength(file);
        var version = new CoverVersion(length, File.GetLastWriteTimeUtc(file), ETag: null);
        movie.Previous?.ThrowIfUnchanged(version);
        if (length > options.MaxCoverBytes)
        {
            throw new CoverException(FailureReason.TooLarge, $"{path} has {length} bytes; {options.MaxCoverBytes} are allowed.")
            {
                Version = version,
            };
        }

        await reservation.TakeAsync(length, cancellationToken).ConfigureAwait(false);
        var data = new NativeBuffer((int)length);
        try
        {
            data.Resize(Read(file, data.GetSpan()));
            reservation.Shrink(data.Length);
            return new Cover(data, version, reservation);
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    private string PathOf(Movie movie)
    {
        string path = Path.GetFullPath(PlaceOf(movie), _current);
        return !Template.NamesMovie || _folder.Names(path)
            ? path
            : throw new CoverException(FailureReason.InvalidId, $"The id '{movie.Id}' leads out of the folder {_folder}.");
    }

    /// <summary>Keeps what has no length from being opened: to open a pipe waits for who writes to it, to open a device
    /// may do anything.</summary>
    private static void ThrowIfEmpty(Movie movie, string path)
    {
        var file = new FileInfo(path);
        FileSystemInfo? target = file.Exists && file.Attributes.HasFlag(FileAttributes.ReparsePoint)
            ? TargetOf(file)
            : file;
        if (target is not FileInfo { Exists: true, Length: 0 } empty)
        {
            return;
        }

        var version = new CoverVersion(Size: 0, empty.LastWriteTimeUtc, ETag: null);
        movie.Previous?.ThrowIfUnchanged(version);
        throw new CoverException(FailureReason.Empty, $"{path} has no bytes: it is empty, or no file but a pipe, a socket or a device.")
        {
            Version = version,
        };
    }

    private static FileSystemInfo? TargetOf(FileInfo link)
    {
        try
        {
            return link.ResolveLinkTarget(returnFinalTarget: true);
        }
        catch (IOException error)
        {
            throw new CoverException(FailureReason.NotFound, $"{link} is a link that leads nowhere: {error.Message}", error);
        }
    }

    private static SafeFileHandle? Open(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException error)
        {
            throw Directory.Exists(path)
                ? new CoverException(FailureReason.UnsupportedFormat, $"{path} is a folder, not a file.", error)
                : new CoverException(FailureReason.Forbidden, $"{path} may not be read.", error);
        }
        catch (PathTooLongException error)
        {
            throw new CoverException(FailureReason.InvalidId, "The id is too long for a file's name.", error);
        }
    }

    /// <summary>Reads what there is of a file, as much as the buffer holds.</summary>
    internal static int Read(SafeFileHandle file, Span<byte> buffer)
    {
        int total = 0;
        while (total < buffer.Length)
        {
            int read = RandomAccess.Read(file, buffer[total..], total);
            if (read == 0)
            {
                break; // the file became shorter meanwhile; what there is gets decoded or refused
            }

            total += read;
        }

        return total;
    }
}
