using Microsoft.Win32.SafeHandles;

namespace PaletteEtl.Covers.Files;

/// <summary>Covers in files of one folder, named by movie.</summary>
internal sealed class DirectoryLocation(LocationTemplate template, FetchOptions options, TimeProvider clock) : CoverLocation(template)
{
    // Ids and locations are untrusted: none leads to a file outside the folder that the template names.
    private readonly CoverFolder _folder = new(template.Folder);
    private readonly NearNames _near = new(template.Folder);
    private readonly string _current = Environment.CurrentDirectory;
    private readonly CoverFileReader _reader = new(options.MaxCoverBytes, clock);

    public override CoverPlace PlaceOf(Movie movie)
    {
        CoverPlace place = Template.PlaceOf(movie);
        if (place.Path is null)
        {
            return place;
        }

        string path = Path.GetFullPath(place.Path, _current);
        return !Template.NamesMovie || _folder.Names(path) ? CoverPlace.At(path)
            : Template.NamesCover ? CoverPlace.Refused(FailureReason.Forbidden, $"The location {movie.Location} of the cover leads out of the folder {_folder}.")
            : CoverPlace.Refused(FailureReason.InvalidId, $"The id '{movie.Id}' leads out of the folder {_folder}.");
    }

    public override string? Problem() => _folder.Problem();

    public override string? NearMiss(Movie movie) =>
        TrimmedOf(movie) is { } trimmed && FileOf(PlaceOf(trimmed).Path) is { } file && File.Exists(file) ? file
        : PlaceOf(movie).Path is { } path ? _near.Find(path)
        : null;

    protected override async ValueTask<FetchResult> TryFetchAsync(
        string place, Movie movie, Reservation memory, CancellationToken cancellationToken)
    {
        if (FileOf(place) is not { } path)
        {
            return FetchResult.None;
        }

        if (await EmptyVersionAsync(path, cancellationToken).ConfigureAwait(false) is { } empty)
        {
            return empty == movie.KnownVersion ? FetchResult.Unchanged(empty) : throw Empty(path, empty);
        }

        bool isChecked = Template.NamesMovie && !options.FollowLinks;
        SafeFileHandle? direct = isChecked && !_folder.IsLinked ? CoverFile.OpenUnlessLinked(path) : null;
        using SafeFileHandle? file = direct ?? Open(path);
        if (file is null)
        {
            return FetchResult.None;
        }

        if (isChecked && direct is null)
        {
            _folder.ThrowIfLinkedFromOutside(file, path);
        }

        return await _reader.ReadAsync(file, path, movie.KnownVersion, memory, cancellationToken).ConfigureAwait(false);
    }

    private SafeFileHandle? Open(string path)
    {
        try
        {
            return CoverFile.Open(path);
        }
        catch (PathTooLongException error)
        {
            throw TooLong("a file's name", error);
        }
    }

    /// <summary>The file of a place; null when a place with any extension has none.</summary>
    private string? FileOf(string? place) => place is not null && Template.HasAnyExtension
        ? CoverExtensions.Find(place[..^LocationTemplate.AnyExtension.Length])
        : place;

    /// <summary>The movie without white space around what names its cover; null when there is none around it.</summary>
    private static Movie? TrimmedOf(Movie movie)
    {
        string? text = movie.Location ?? movie.Id.Text;
        return text?.Trim() is not { Length: > 0 } trimmed || trimmed == text ? null
            : movie.Location is null ? movie with { Id = new MovieId(trimmed) }
            : movie with { Location = trimmed };
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
