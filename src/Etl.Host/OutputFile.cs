namespace Etl.Host;

/// <summary>A file that a command writes because it was told to; under its name it is always whole.</summary>
internal static class OutputFile
{
    /// <exception cref="UserException">It is a folder, or in one that does not exist.</exception>
    public static void ThrowIfUnwritable(string option, FileInfo file)
    {
        if (Directory.Exists(file.FullName))
        {
            throw new UserException(ExitCodes.Refused, $"{option} {file} is a folder; name a file.");
        }

        if (file.Directory is not { Exists: true })
        {
            throw new UserException(ExitCodes.Refused, $"{option} {file} is in a folder that does not exist.");
        }
    }

    public static void Write(FileInfo file, string text)
    {
        if (IsNotReplaceable(file))
        {
            File.WriteAllText(file.FullName, text);
            return;
        }

        string partial = file.FullName + ".partial";
        File.WriteAllText(partial, text);
        File.Move(partial, file.FullName, overwrite: true);
    }

    /// <summary>A link or a device, such as <c>/dev/stdout</c>, is written to; a file moved there would take its place.</summary>
    private static bool IsNotReplaceable(FileInfo file) =>
        file.LinkTarget is not null || file.FullName.StartsWith("/dev/", StringComparison.Ordinal);
}
