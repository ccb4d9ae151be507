using Etl.Host.Commands;

namespace Etl.Host.Outputs;

/// <summary>A file that an option names as an output; under its name the file is always whole.</summary>
internal sealed class OutputFile
{
    private readonly string _name;

    /// <param name="name">The option and the path as the user gave them.</param>
    /// <param name="file">The file.</param>
    public OutputFile(string name, NamedFile file) => (_name, File) = (Printable.Line(name), file);

    public NamedFile File { get; }

    /// <summary>Whether the output takes the place of the file, and is not written into it as into a pipe.</summary>
    private bool IsReplaced => File.Status is not { } status
        || (status.Kind == FileKind.Regular
            && !StandardStream.Is(status)
            && FileStatus.Of(File.RealPath)?.Identity == status.Identity); // an open file that was deleted has no path

    /// <summary>The file at a path, not checked yet.</summary>
    /// <param name="name">The option and the path as the user gave them.</param>
    /// <param name="path">The full path.</param>
    /// <exception cref="UserException">No file can have this path.</exception>
    public static OutputFile At(string name, string path)
    {
        if (Path.EndsInDirectorySeparator(path))
        {
            throw Refused(name, "it is a folder", "Name a file");
        }

        try
        {
            return new OutputFile(name, NamedFile.Of(path));
        }
        catch (IOException error)
        {
            throw Refused(name, FileError.CauseOf(error), "Name another file");
        }
    }

    /// <summary>Checks that the output can be written, and leaves no file behind.</summary>
    /// <exception cref="UserException">It cannot.</exception>
    public void ThrowIfUnwritable()
    {
        if (File.Status is { Kind: FileKind.Directory })
        {
            throw Refused("it is a folder", "Name a file");
        }

        if (File.Status is { Kind: FileKind.Other } other && !StandardStream.Is(other))
        {
            throw Refused("it is a disk or a socket", "Name a file");
        }

        if (IsReplaced)
        {
            ThrowIfIrreplaceable();
        }
    }

    /// <summary>Writes a text in place of the bytes of the file.</summary>
    /// <exception cref="IOException">The text cannot be written; a file that was there is unchanged.</exception>
    public void Write(string text) => Explaining(() =>
    {
        if (IsReplaced)
        {
            Fill(like: File.RealPath, replace: true, path => Write(text, new FileStream(path, FileMode.Open, FileAccess.Write)));
        }
        else
        {
            Write(text, StandardStream.Open(File.Status!.Value) ?? new FileStream(File.Names[0], FileMode.Create, FileAccess.Write));
        }
    });

    /// <summary>Creates the file, which must not exist.</summary>
    /// <param name="like">A file whose owner and permissions it gets on Unix.</param>
    /// <param name="fill">Writes the file at the path of the argument, which exists and is empty.</param>
    /// <exception cref="IOException">The file cannot be written, or exists by now; there is none of this command.</exception>
    public void Create(string like, Action<string> fill) => Explaining(() => Fill(like, replace: false, fill));

    public UserException Refused(string cause, string fix) => Refused(_name, cause, fix);

    private static UserException Refused(string name, string cause, string fix) =>
        new(ExitCodes.Refused, Printable.Line($"{name} cannot be written: {cause}. {fix}."));

    private void ThrowIfIrreplaceable()
    {
        string folder = Path.GetDirectoryName(File.RealPath)!;
        if (!Directory.Exists(folder))
        {
            throw Refused($"it is in a folder that does not exist, {folder}", "Create the folder, or name another file");
        }

        if (File.Status is not null && IsReadOnly(File.RealPath))
        {
            throw Refused("it is read-only", "Allow writing, or name another file");
        }

        try
        {
            PartialFile.Beside(File.RealPath).Dispose();
        }
        catch (Exception error) when (FileError.Is(error))
        {
            throw Refused($"no file can be created in {folder}, {FileError.CauseOf(error)}", "Name a file in another folder");
        }
    }

    /// <summary>Whether this user may not write a file, or, for root, whether nobody may.</summary>
    private static bool IsReadOnly(string path) => OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess
        ? new FileInfo(path).IsReadOnly
        : (System.IO.File.GetUnixFileMode(path) & (UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) == 0;

    private void Fill(string like, bool replace, Action<string> fill)
    {
        using var partial = PartialFile.Beside(File.RealPath, like);
        fill(partial.Path);
        partial.MoveTo(File.RealPath, replace);
    }

    private static void Write(string text, Stream stream)
    {
        using (stream)
        using (var writer = new StreamWriter(stream))
        {
            writer.Write(text);
            writer.Flush();
            (stream as FileStream)?.Flush(flushToDisk: true); // before the file takes the place of another
        }
    }

    private void Explaining(Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (FileError.Is(error))
        {
            throw new IOException(
                $"{_name} cannot be written: {Printable.Line(FileError.CauseOf(error))}. Make room and allow writing there, or name another file.", error);
        }
    }
}
