namespace Etl.Host.Outputs;

/// <summary>A file with a name of its own that becomes an output once it is whole, and is deleted otherwise.</summary>
internal sealed class PartialFile : IDisposable
{
    private PartialFile(string path) => Path = path;

    public string Path { get; }

    /// <summary>Creates an empty file in the folder of another.</summary>
    /// <param name="path">The path that the file is to have in the end.</param>
    /// <param name="like">A file whose owner and permissions it gets on Unix, if that file exists.</param>
    /// <exception cref="IOException">The file cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">No file may be created in this folder.</exception>
    public static PartialFile Beside(string path, string? like = null)
    {
        // Independent of the output's name, which may have as many characters as the system allows.
        string name = $"etl-{System.IO.Path.GetRandomFileName()}.partial";
        var partial = new PartialFile(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path)!, name));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows() || like is null || FileStatus.Of(like) is not { } status)
        {
            new FileStream(partial.Path, options).Dispose();
            return partial;
        }

        options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(partial.Path, options).Dispose();
        UnixPermissions.TryCopy(like, status, partial.Path);
        return partial;
    }

    /// <summary>Moves the file to where it belongs.</summary>
    /// <exception cref="IOException">A file is there and may not be replaced.</exception>
    public void MoveTo(string path, bool replace) => File.Move(Path, path, replace);

    /// <summary>Deletes the file, unless it has been moved.</summary>
    public void Dispose()
    {
        try
        {
            File.Delete(Path);
        }
        catch (Exception error) when (FileError.Is(error))
        {
            // The error that kept the file from becoming whole says more.
        }
    }
}
