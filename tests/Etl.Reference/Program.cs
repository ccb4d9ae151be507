namespace Etl.Reference;

/// <summary>Writes the files that repeat what the code states. With <c>--check</c> it writes nothing and lists those that differ.</summary>
internal static class Program
{
    private const string Command = "dotnet run --project tests/Etl.Reference";

    private static int Main(string[] args)
    {
        string folder = Directory.GetCurrentDirectory();
        if (GeneratedFile.FindRoot(folder) is { } root)
        {
            return Run(args, root, Console.Out);
        }

        Console.Error.WriteLine($"{folder} is not in a checkout: there is no Etl.sln. Fix: run the command in the repository.");
        return 2;
    }

    /// <returns>0, 1 if a file differs, or 2 for unknown arguments.</returns>
    public static int Run(IReadOnlyList<string> args, string root, TextWriter output)
    {
        if (args is not ([] or ["--check"]))
        {
            output.WriteLine($"Usage: {Command} [-- --check]");
            return 2;
        }

        GeneratedFile[] outdated = [.. GeneratedFile.All.Where(file => !file.IsCurrent(root))];
        foreach (GeneratedFile file in outdated)
        {
            if (args is [])
            {
                file.Write(root);
            }

            output.WriteLine(args is [] ? $"{file.Path} is written" : file.Problem);
        }

        return args is [] || outdated is [] ? 0 : 1;
    }
}
