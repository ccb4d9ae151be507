namespace PaletteEtl.Covers.Files;

/// <summary>Paths without links, as the system resolves them.</summary>
internal static class RealPath
{
    private const int MostLinks = 40; // as many as Linux follows

    /// <summary>The path of a file or a folder, whether it exists or not, with every link on the way resolved.</summary>
    /// <exception cref="IOException">The links go in a circle.</exception>
    public static string Of(string path)
    {
        string real = Path.GetPathRoot(path)!;
        var rest = new Stack<string>(NamesOf(path));
        for (int links = 0; rest.TryPop(out string? name);)
        {
            string here = Path.Combine(real, name);
            if (name == "..")
            {
                real = Path.GetDirectoryName(real) ?? real;
            }
            else if (new FileInfo(here).LinkTarget is not { } target)
            {
                real = here;
            }
            else if (++links > MostLinks)
            {
                throw new IOException($"{path} has too many links.");
            }
            else
            {
                real = Path.IsPathRooted(target) ? Path.GetPathRoot(target)! : real;
                foreach (string part in NamesOf(target))
                {
                    rest.Push(part);
                }
            }
        }

        return real;
    }

    /// <summary>The names in a path, the last one first.</summary>
    private static IEnumerable<string> NamesOf(string path) => path[(Path.GetPathRoot(path)?.Length ?? 0)..]
        .Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries)
        .Where(static name => name != ".")
        .Reverse();
}
