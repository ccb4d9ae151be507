namespace Etl.Host.Configuration;

/// <summary>The configuration file to begin with: the database and the covers, and every other option as a comment.</summary>
internal static class FirstConfiguration
{
    /// <summary>Writes the file.</summary>
    /// <exception cref="UserException">There is a file, or none can be written.</exception>
    public static void Write(string file)
    {
        try
        {
            using Stream template = typeof(FirstConfiguration).Assembly.GetManifestResourceStream("etl.template.json")!;
            using var output = new FileStream(file, FileMode.CreateNew, FileAccess.Write);
            template.CopyTo(output);
        }
        catch (IOException) when (Path.Exists(file))
        {
            throw new UserException(ExitCodes.Refused, $"{file} exists already. Fix: change that file, or name another with --config.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserException(ExitCodes.Failed, $"{file} cannot be written: {error.Message}");
        }
    }
}
