namespace Etl.Host.Outputs;

/// <summary>Standard input.</summary>
internal static class StandardInput
{
    private const string Descriptors = "/proc/self/fd";

    /// <summary>Opens it; null if the process was started without it.</summary>
    public static Stream? Open() => IsClosed() ? null : Console.OpenStandardInput();

    /// <summary>Whether the process was started without standard input, so that the runtime has opened a pipe of its own as file 0.
    /// Reading from that pipe would never end.</summary>
    private static bool IsClosed()
    {
        const string Pipe = "pipe:";
        return OperatingSystem.IsLinux()
            && LinkOf($"{Descriptors}/0") is { } input
            && input.StartsWith(Pipe, StringComparison.Ordinal)
            && Directory.EnumerateFileSystemEntries(Descriptors).Any(descriptor => LinkOf(descriptor) == input && IsWritable(descriptor));
    }

    private static bool IsWritable(string descriptor)
    {
        const string Flags = "flags:";
        const int AccessMode = 3, ReadOnly = 0;
        try
        {
            string info = $"{Descriptors}info/{Path.GetFileName(descriptor)}";
            return File.ReadLines(info).FirstOrDefault(static line => line.StartsWith(Flags, StringComparison.Ordinal)) is { } line
                && (Convert.ToInt32(line[Flags.Length..].Trim(), fromBase: 8) & AccessMode) != ReadOnly;
        }
        catch (IOException)
        {
            return false; // closed meanwhile
        }
    }

    private static string? LinkOf(string descriptor)
    {
        try
        {
            return new FileInfo(descriptor).LinkTarget;
        }
        catch (IOException)
        {
            return null; // closed meanwhile
        }
    }
}
