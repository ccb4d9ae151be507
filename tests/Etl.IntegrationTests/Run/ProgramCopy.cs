namespace Etl.IntegrationTests.Run;

/// <summary>The program in a folder of its own, without some of its libraries.</summary>
internal sealed class ProgramCopy : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("etl-program-").FullName;

    /// <param name="without">The text in the names of the files that are left out.</param>
    public ProgramCopy(string without)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege there.");
        string[] files = Directory.GetFiles(AppContext.BaseDirectory);
        string[] kept = [.. files.Where(file => !Path.GetFileName(file).Contains(without, StringComparison.Ordinal))];
        Assert.InRange(kept.Length, 1, files.Length - 1);
        foreach (string file in kept)
        {
            string copy = Path.Combine(_folder, Path.GetFileName(file));
            if (Path.GetFileName(file).StartsWith("etl", StringComparison.OrdinalIgnoreCase))
            {
                File.Copy(file, copy); // of the program itself .NET follows links, to the folder of the others
            }
            else
            {
                File.CreateSymbolicLink(copy, file);
            }
        }
    }

    /// <summary>Puts a copy of one of its files beside it under another name.</summary>
    public void Add(string file, string name) => File.Copy(Path.Combine(_folder, file), Path.Combine(_folder, name));

    public async Task<EtlOutput> RunAsync(string folder, params string[] arguments)
    {
        using EtlProcess process = EtlProcess.StartFrom(_folder, folder, arguments);
        return await process.EndAsync();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
