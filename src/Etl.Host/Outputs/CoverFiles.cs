using PaletteEtl.Covers;
using PaletteEtl.Covers.Files;

namespace Etl.Host.Outputs;

/// <summary>The files that a location template names, whether they exist or not.</summary>
internal sealed class CoverFiles
{
    private static readonly EnumerationOptions All = new() { AttributesToSkip = 0, IgnoreInaccessible = true };
    private static readonly EnumerationOptions Below = new() { AttributesToSkip = 0, IgnoreInaccessible = true, RecurseSubdirectories = true };

    private readonly string _folder;
    private readonly LocationTemplate[] _segments;

    // The whole of the segments, when a location of the catalogue among them may have folders of its own.
    private readonly LocationTemplate? _path;
    private readonly bool _followsLinks;

    private CoverFiles(LocationTemplate location, bool followLinks)
    {
        var full = new LocationTemplate(Path.GetFullPath(location.ToString()));
        _folder = RealPath.Of(full.Folder);
        _segments =
        [
            .. full.PathInFolder
                .Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries)
                .Select(static segment => new LocationTemplate(segment)),
        ];
        _path = full.NamesCover ? new LocationTemplate(full.PathInFolder) : null;
        _followsLinks = followLinks || !location.NamesMovie;
    }

    /// <summary>The covers of a location in a folder, or null when the system accepts no such folder.</summary>
    /// <param name="location">A template that is no URL.</param>
    /// <param name="followLinks">Whether covers are read from outside of their folder.</param>
    public static CoverFiles? TryOf(LocationTemplate location, bool followLinks)
    {
        try
        {
            return new(location, followLinks);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Whether a file is the cover of some id, or would be once it exists.</summary>
    public bool Contain(NamedFile file) => file.Names.Any(HasName) || (MayBeLinkedTo(file) && IsLinkedTo(file));

    private bool HasName(string path)
    {
        if (_path is not null)
        {
            return HasNameBelow(path);
        }

        string? folder = path;
        foreach (LocationTemplate segment in _segments.Reverse())
        {
            if (folder is null || !segment.Matches(Path.GetFileName(folder)))
            {
                return false;
            }

            folder = Path.GetDirectoryName(folder);
        }

        return IsFolder(folder);
    }

    private bool HasNameBelow(string path)
    {
        string? folder = Path.GetDirectoryName(path);
        while (folder is not null && !IsFolder(folder))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder is not null && _path!.Matches(Path.GetRelativePath(folder, path));
    }

    private bool IsFolder(string? folder) => folder is not null
        && FileStatus.Of(folder) is { } outer && FileStatus.Of(_folder) is { } covers && outer.Identity == covers.Identity;

    /// <summary>Whether a cover can be another name of a file: links out of the folder are not followed by default.</summary>
    private bool MayBeLinkedTo(NamedFile file) =>
        file.Status is { Kind: FileKind.Regular } status
        && (status.Names > 1 || _followsLinks || new CoverFolder(_folder).Names(file.RealPath));

    private bool IsLinkedTo(NamedFile file) =>
        (_path is null
            ? _segments.Aggregate(
                (IEnumerable<string>)[_folder],
                static (folders, segment) => folders.SelectMany(folder => EntriesOf(folder, segment)))
            : Directory.Exists(_folder) ? Directory.EnumerateFileSystemEntries(_folder, "*", Below)
                .Where(path => _path.Matches(Path.GetRelativePath(_folder, path))) : [])
            .Any(cover => FileStatus.TryOf(cover)?.Identity == file.Status!.Value.Identity);

    private static IEnumerable<string> EntriesOf(string folder, LocationTemplate segment) =>
        segment is { NamesMovie: false, HasAnyExtension: false } ? [Path.Combine(folder, segment.ToString())]
        : Directory.Exists(folder)
            ? Directory.EnumerateFileSystemEntries(folder, "*", All).Where(path => segment.Matches(Path.GetFileName(path)))
            : [];
}
