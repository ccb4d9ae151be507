using System.Collections.Concurrent;
using Etl.Demo;

namespace Etl.IntegrationTests.Run;

/// <summary>Drawn catalogues, each size drawn once in a test process and copied for each test: drawing takes longer than most tests.</summary>
internal static class DrawnCatalogue
{
    private static readonly ConcurrentDictionary<int, Lazy<string>> Drawn = new();

    static DrawnCatalogue() => AppDomain.CurrentDomain.ProcessExit += static (_, _) =>
    {
        foreach (Lazy<string> folder in Drawn.Values.Where(static folder => folder.IsValueCreated))
        {
            Directory.Delete(folder.Value, recursive: true);
        }
    };

    /// <summary>Creates the catalogue that <see cref="DemoCatalogue.Create"/> creates.</summary>
    public static void Create(string folder, int movies)
    {
        string drawn = Drawn.GetOrAdd(movies, static movies => new Lazy<string>(() => Draw(movies))).Value;
        foreach (string file in Directory.EnumerateFiles(drawn, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(folder, Path.GetRelativePath(drawn, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static string Draw(int movies)
    {
        string folder = Directory.CreateTempSubdirectory("etl-drawn-").FullName;
        DemoCatalogue.Create(folder, movies);
        return folder;
    }
}
