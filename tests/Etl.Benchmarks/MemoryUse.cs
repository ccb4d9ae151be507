using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SkiaSharp;

namespace Etl.Benchmarks;

/// <summary><c>memory</c>: peak resident memory of whole <c>etl run</c> processes over ever larger catalogues.</summary>
internal static class MemoryUse
{
    private const int LargeEvery = 50;

    public static async Task RunAsync(string[] arguments)
    {
        int[] sizes = arguments.Length > 0 ? [.. arguments.Select(size => int.Parse(size, CultureInfo.InvariantCulture))] : [1_000, 10_000];
        using var catalogues = new Catalogues();
        string[] drawn = catalogues.Covers(folder: null);
        string large = Enlarge(drawn[0], catalogues);
        foreach (int movies in sizes)
        {
            catalogues.Create(movies, otherBytes: 0);
            string folder = Directory.CreateDirectory(Path.Combine(catalogues.Folder, $"linked-{movies}")).FullName;
            for (int i = 0; i < movies; i++)
            {
                File.CreateSymbolicLink(Path.Combine(folder, $"{i:D7}.jpg"), i % LargeEvery == 0 ? large : drawn[i % drawn.Length]);
            }

            await MeasureAsync($"{movies,9:#,0} movies, every {LargeEvery}th cover of 10 megapixels", catalogues, Path.Combine(folder, "{id}.jpg"));
        }

        catalogues.Create(1_000_000, otherBytes: 0);
        await MeasureAsync("1,000,000 movies, one tiny cover", catalogues, DrawTiny(catalogues));
    }

    private static async Task MeasureAsync(string what, Catalogues catalogues, string location)
    {
        string report = Path.Combine(catalogues.Folder, "report.json");
        string executable = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "etl.exe" : "etl");
        using Process process = Process.Start(executable,
        [
            "run", "--quiet", "--report", report,
            "--set", $"Etl:Query:Database={catalogues.Database}", "--set", $"Etl:Fetch:Locations:0={location}",
            "--set", "Etl:Fetch:FollowLinks=true",
        ]);
        await process.WaitForExitAsync();
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(report));
        double megabytes = json.RootElement.GetProperty("peakMemoryBytes").GetInt64() / 1e6;
        double rate = json.RootElement.GetProperty("moviesPerSecond").GetDouble();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: peak {megabytes:0} MB, {rate:#,0} covers/s, exit code {process.ExitCode}"));
    }

    /// <summary>A drawn cover blown up, so that it has about the bytes a scan of that size has.</summary>
    private static string Enlarge(string cover, Catalogues catalogues)
    {
        using SKBitmap small = SKBitmap.Decode(cover);
        using SKBitmap large = small.Resize(new SKSizeI(2_600, 3_900), new SKSamplingOptions(SKCubicResampler.Mitchell));
        return Save(catalogues, "large.jpg", large, SKEncodedImageFormat.Jpeg);
    }

    private static string DrawTiny(Catalogues catalogues)
    {
        using SKBitmap tiny = Pictures.Draw(8, 12, new Random(1));
        return Save(catalogues, "tiny.png", tiny, SKEncodedImageFormat.Png);
    }

    private static string Save(Catalogues catalogues, string name, SKBitmap bitmap, SKEncodedImageFormat format)
    {
        string path = Path.Combine(catalogues.Folder, name);
        using SKData data = bitmap.Encode(format, quality: 85);
        File.WriteAllBytes(path, data.ToArray());
        return path;
    }
}
