

namespace Etl.Host.Outputs;

/// <summary>A file, which may not exist yet, with every name that links pass through on the way to it.</summary>
internal sealed class NamedFile
{
    private const int MostLinks = 40; // as many as Linux follows

    private static readonly StringComparison NameComparison =
        OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    private readonly FileIdentity?[] _folders;

    private NamedFile(string path)
    {
        Status = FileStatus.Of(path);
        Names = [.. NamesOf(path)];
        _folders = [.. Names.Select(static name => FileStatus.Of(Path.GetDirectoryName(name)!)?.Identity)];
    }

    /// <summary>The status of the file behind all links; null when it does not exist.</summary>
    public FileStatus? Status { get; }

    /// <summary>The paths from the given one to that of the file itself, each in the real path of its folder.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The path of the file itself.</summary>
    public string RealPath => Names[^1];

    /// <summary>The file at a full path.</summary>
    /// <exception cref="IOException">The path has too many links, or is too long.</exception>
    public static NamedFile Of(string path) => new(path);

    /// <summary>The file at a path, or null when the system accepts no file of this path.</summary>
    public static NamedFile? TryOf(string? path)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            return new(Path.GetFullPath(path));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Whether both are one file, or would be once it exists. A pipe or a device holds nothing that could be lost.</summary>
    public bool Is(NamedFile other) => Status is not { Kind: FileKind.Stream } && (
        (Status is { } mine && other.Status is { } others && mine.Identity == others.Identity)
        || Names.Where((_, i) => other.Names.Where((_, j) => IsSameName(i, other, j)).Any()).Any());

    /// <summary>Whether one of the names lies directly in a folder.</summary>
    public bool IsIn(FileIdentity folder) => _folders.Contains(folder);

    private bool IsSameName(int mine, NamedFile other, int others) =>
        _folders[mine] is { } folder
        && folder == other._folders[others]
        && Path.GetFileName(Names[mine]).Equals(Path.GetFileName(other.Names[others]), NameComparison);

    private static IEnumerable<string> NamesOf(string path)
    {
        for (int links = 0; links <= MostLinks; links++)
        {
            string folder = PaletteEtl.Covers.Files.RealPath.Of(Path.GetDirectoryName(path) ?? path);
            string name = Path.Combine(folder, Path.GetFileName(path));
            yield return name;
            if (new FileInfo(name).LinkTarget is not { } target)
            {
                yield break;
            }

            path = Path.Combine(folder, target);
        }

        throw new IOException($"Too many links : '{path}'");
    }
}
