using Etl.Pipeline;
using Etl.Query;
using Microsoft.Win32.SafeHandles;

namespace Etl.Fetch;

/// <summary>Covers in files of one folder, named by movie.</summary>
internal sealed class DirectoryLocation(LocationTemplate template, long maxCoverBytes) : CoverLocation(template)
{
    // The id is data: whatever it is, nothing outside the folder that the template names is opened.
    private readonly string _root = Path.TrimEndingDirectorySeparator(
        Path.GetDirectoryName(Path.GetFullPath(template.Prefix + "_"))!) + Path.DirectorySeparatorChar;

    public override async ValueTask<Cover?> TryFetchAsync(Movie movie, Reservation reservation, CancellationToken cancellationToken)
    {
        string path = PlaceOf(movie);
        using SafeFileHandle? file = Open(path);
        if (file is null)
        {
            return null;
        }

        long length = RandomAccess.GetLength(file);
        var version = new CoverVersion(length, File.GetLastWriteTimeUtc(file), ETag: null);
        movie.Previous?.ThrowIfUnchanged(version);
        if (length > maxCoverBytes)
        {
            throw new CoverException(FailureReason.TooLarge, $"{path} has {length} bytes; {maxCoverBytes} are allowed.")
            {
                Version = version,
            };
        }

        await reservation.TakeAsync(length, cancellationToken).ConfigureAwait(false);
        var data = new NativeBuffer((int)length);
        try
        {
            data.Resize(Read(file, data.GetSpan()));
            return new Cover(data, version, reservation) { Movie = movie };
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    private string PlaceOf(Movie movie)
    {
        string path = Path.GetFullPath(Template.Place(movie.Id.Text!, static id => id));
        if (Template.NamesMovie && (path.Length <= _root.Length || !path.StartsWith(_root, StringComparison.Ordinal)))
        {
            throw new CoverException(FailureReason.InvalidId, $"The id '{movie.Id}' leads out of the folder {_root}.");
        }

        return path;
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
            throw new CoverException(FailureReason.InvalidId, $"The path {path} is too long for a file.", error);
        }
    }

    private static int Read(SafeFileHandle file, Span<byte> buffer)
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
