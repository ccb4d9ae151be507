using Microsoft.Win32.SafeHandles;

namespace PaletteEtl.Covers.Files;

/// <summary>Covers in files of one folder, named by movie.</summary>
internal sealed class DirectoryLocation(LocationTemplate template, FetchOptions options, TimeProvider clock) : CoverLocation(template)
{
    // The id is untrusted: no id leads to a file outside the folder that the template names.
    private readonly CoverFolder _folder = new(template.Folder);
    private readonly NearNames _near = new(template.Folder);
    private readonly string _current = Environment.CurrentDirectory;
    private readonly CoverFileReader _reader = new(options.MaxCoverBytes, clock);

    public override async ValueTask<FetchResult> TryFetchAsync(Movie movie, Reservation memory, CancellationToken cancellationToken)
    {
        if (FileOf(movie.Id) is not { } path)
        {
            return FetchResult.None;
        }

        if (await EmptyVersionAsync(path, cancellationToken).ConfigureAwait(false) is { } empty)
        {
            return empty == movie.KnownVersion ? FetchResult.Unchanged(empty) : throw Empty(path, empty);
        }

        using SafeFileHandle? file = CoverFile.Open(path);
        if (file is null)
        {
            return FetchResult.None;
        }

        if (Template.NamesMovie && !options.FollowLinks)
        {
            _folder.ThrowIfLinkedFromOutside(file, path);
        }

        return await _reader.ReadAsync(file, path, movie.KnownVersion, memory, cancellationToken).ConfigureAwait(false);
    }

    public override string? NearMiss(MovieId id)
    {
        string trimmed = id.Text!.Trim();
        string? file = trimmed.Length == 0 || trimmed == id.Text ? null : FileOf(new MovieId(trimmed));
        return File.Exists(file) ? file
            : PathOf(id) is { } path ? _near.Find(path)
            : null;
    }

    /// <summary>The path of a movie's cover; null when it has none here.</summary>
    private string? FileOf(MovieId id) =>
        PathOf(id) is not { } path ? null
        : Template.HasAnyExtension ? CoverExtensions.Find(path[..^LocationTemplate.AnyExtension.Length])
        : path;

    private string? PathOf(MovieId id)
    {
        if (PlaceOf(id) is not { } place)
        {
            return null;
        }

        string path = Path.GetFullPath(place, _current);
        return !Template.NamesMovie || _folder.Names(path)
            ? path
            : throw new CoverException(FailureReason.InvalidId, $"The id '{id}' leads out of the folder {_folder}.");
    }

    /// <summary>The version of an empty file; null when the file has bytes or does not exist. A file without a length must not be
    /// opened: opening a pipe waits for its writer, and opening a device may do anything. A file is empty for a moment before it is
    /// rewritten.</summary>
    private async ValueTask<CoverVersion?> EmptyVersionAsync(string path, CancellationToken cancellationToken)
    {
        for (int attempt = 1; EmptyAt(path) is { } empty; attempt++)
        {
            DateTime modified = CoverFileReader.TimeOf(empty, static file => file.LastWriteTimeUtc);
            if (!await _reader.HasWaitedAsync(path, modified, attempt, cancellationToken).ConfigureAwait(false))
            {
                return new CoverVersion(Size: 0, modified, ETag: null);
            }
        }

        return null;
    }

    private static CoverException Empty(string path, CoverVersion version) =>
        new(FailureReason.Empty, $"{path} has no bytes: it is empty, or no file but a pipe, a socket or a device.") { Version = version };

    /// <summary>The file at a path, or the one that a link leads to; null unless it is there without a byte.</summary>
    /// <exception cref="CoverException">It is a folder, or a link that leads nowhere.</exception>
    private static FileInfo? EmptyAt(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists && Directory.Exists(path))
        {
            throw new CoverException(FailureReason.UnsupportedFormat, $"{path} is a folder, not a file.");
        }

        FileSystemInfo? target = file.Exists && file.Attributes.HasFlag(FileAttributes.ReparsePoint)
            ? TargetOf(file)
            : file;
        return target is FileInfo { Exists: true, Length: 0 } empty ? empty : null;
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
}
