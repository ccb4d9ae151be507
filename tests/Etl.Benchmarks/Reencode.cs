using Etl.Host.Bench;
using Etl.Host.Bench.Quality;
using PaletteEtl.Covers;

namespace Etl.Benchmarks;

/// <summary><c>reencode</c>: writes the JPEG covers of a folder as <c>etl bench --quality</c> encodes them again; tests/comparison uses them.</summary>
internal static class Reencode
{
    /// <param name="arguments">A folder of covers, and a new folder, which gets a folder for each re-encoding.</param>
    public static void Run(string[] arguments)
    {
        foreach (Reencoding way in Reencoding.All)
        {
            Directory.CreateDirectory(Path.Combine(arguments[1], way.Name));
        }

        Parallel.ForEach(Directory.EnumerateFiles(arguments[0]), path => Write(path, arguments[1]));
    }

    private static void Write(string path, string folder)
    {
        using Cover cover = BenchFolder.Read(path);
        if (Reencoding.Applies(cover.Bytes))
        {
            using var decoded = FullSizeCover.Decode(cover);
            foreach (Reencoding way in Reencoding.All)
            {
                File.WriteAllBytes(Path.Combine(folder, way.Name, Path.GetFileName(path)), way.Encode(decoded.Bitmap));
            }
        }
    }
}
