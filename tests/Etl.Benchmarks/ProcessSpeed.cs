using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Etl.Benchmarks;

/// <summary><c>processes ETL FOLDER [MOVIES] [ROUNDS]</c>: whole <c>etl run</c> processes over the covers of a folder, one way after the other in
/// each round: the time with start-up, the CPU time and the peak memory. ETL is the program, such as that of a published build.</summary>
internal static class ProcessSpeed
{
    private const string StartUp = "start-up: one movie";

    private static readonly (string Name, string[] Settings)[] Ways =
    [
        (StartUp, []),
        ("ColorThief, SkiaSharp", ["Etl:Decode:TurboJpeg=Never"]),
        ("ColorThief", []),
        ("Oklab", ["Etl:Quantize:Algorithm=Oklab"]),
        ("Oklab, libdav1d", ["Etl:Quantize:Algorithm=Oklab", "Etl:Decode:Dav1d=Require"]),
    ];

    public static async Task RunAsync(string[] arguments)
    {
        (string etl, string folder) = (Path.GetFullPath(arguments[0]), arguments[1]);
        (int movies, int rounds) = (Number(arguments.ElementAtOrDefault(2), 5_000), Number(arguments.ElementAtOrDefault(3), 3));
        using var catalogues = new Catalogues();
        string[] covers = catalogues.Covers(folder);
        string linked = Directory.CreateDirectory(Path.Combine(catalogues.Folder, "linked")).FullName;
        for (int i = 0; i < movies; i++)
        {
            File.CreateSymbolicLink(Path.Combine(linked, $"{i:D7}.img"), covers[i % covers.Length]);
        }

        var results = Ways.ToDictionary(static way => way.Name, static _ => new List<(double Seconds, double ProcessorSeconds, double Megabytes)>());
        for (int round = 0; round < rounds; round++)
        {
            foreach ((string name, string[] settings) in Ways)
            {
                catalogues.Create(name == StartUp ? 1 : movies, otherBytes: 0);
                results[name].Add(await MeasureAsync(etl, catalogues, Path.Combine(linked, "{id}.img"), settings));
            }
        }

        Console.WriteLine($"{movies} movies, {covers.Length} covers, {Environment.ProcessorCount} cores, medians of {rounds}");
        foreach ((string name, List<(double Seconds, double ProcessorSeconds, double Megabytes)> runs) in results)
        {
            double seconds = Median(runs.Select(static run => run.Seconds));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-28} {seconds,7:0.00} s {(name == StartUp ? 1 : movies) / seconds,8:#,0} covers/s {Median(runs.Select(static run => run.ProcessorSeconds)),7:0.00} s of CPU "
                + $"{Median(runs.Select(static run => run.Megabytes)),5:0} MB"));
        }
    }

    private static async Task<(double Seconds, double ProcessorSeconds, double Megabytes)> MeasureAsync(
        string etl, Catalogues catalogues, string location, string[] settings)
    {
        string report = Path.Combine(catalogues.Folder, "report.json");
        string[] common = [$"Etl:Query:Database={catalogues.Database}", $"Etl:Fetch:Locations:0={location}", "Etl:Fetch:FollowLinks=true"];
        TimeSpan before = ChildrenTime();
        long started = Stopwatch.GetTimestamp();
        using Process process = Process.Start(
            etl, ["run", "--quiet", "--report", report, .. common.Concat(settings).SelectMany(static setting => (string[])["--set", setting])]);
        await process.WaitForExitAsync();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{etl} ended with exit code {process.ExitCode}.");
        }

        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(report));
        return (elapsed.TotalSeconds, (ChildrenTime() - before).TotalSeconds, json.RootElement.GetProperty("peakMemoryBytes").GetInt64() / 1e6);
    }

    /// <summary>The CPU time of the processes that were started here and have ended. Linux alone has it.</summary>
    private static TimeSpan ChildrenTime()
    {
        const int User = 13, System = 14, TicksPerSecond = 100;
        string stat = File.ReadAllText("/proc/self/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return TimeSpan.FromSeconds((double)(Number(fields[User]) + Number(fields[System])) / TicksPerSecond);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static int Number(string? text, int otherwise) => text is null ? otherwise : Number(text);

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
