using System.Globalization;
using Etl.Host.Bench;
using Etl.Host.Telemetry;
using Etl.Tests.Support.Otlp;

namespace Etl.Benchmarks;

/// <summary><c>exporting</c>: the pipeline with all its telemetry exported against itself without, in turns.</summary>
internal static class ExportingCost
{
    private const int Rounds = 7;

    /// <param name="arguments">A folder of covers, otherwise drawn ones are used; and about how many movies.</param>
    public static async Task RunAsync(string[] arguments)
    {
        using var catalogues = new Catalogues();
        using var folder = new BenchFolder();
        Array.ForEach(catalogues.Covers(arguments.FirstOrDefault()), path => folder.Add(File.ReadAllBytes(path)));
        int movies = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 4_000;
        int passes = Math.Max(1, movies / folder.Covers.Count);
        Console.WriteLine($"{passes} times {folder.Covers.Count} covers, {Environment.ProcessorCount} cores");

        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync(OtlpReceiver.Grpc);
        var export = new OtlpSettings(new OpenTelemetryOptions { Endpoint = receiver.Url }, new Dictionary<string, string>());
        Task<Speed> MeasureAsync(OtlpSettings? settings) => PipelineRun.MeasureAsync([], folder, passes, settings, CancellationToken.None);
        await MeasureAsync(export); // warms all up
        var (alone, exporting) = (new List<Speed>(), new List<Speed>());
        for (int round = 0; round < Rounds; round++)
        {
            alone.Add(await MeasureAsync(settings: null));
            exporting.Add(await MeasureAsync(export));
            Console.WriteLine($"{Speeds.Text("alone", alone[^1])}   {Speeds.Text("exporting", exporting[^1])}");
        }

        Speeds.Compare("exporting against not", exporting, alone);
    }
}
