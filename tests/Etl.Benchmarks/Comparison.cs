using System.Globalization;
using Etl.Decode;
using Etl.Fetch;
using Etl.Host;
using Etl.Host.Configuration;
using Etl.Host.Telemetry;
using Etl.Pipeline;
using Etl.Quantize;
using Etl.Tests.Support.Otlp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serilog.Events;

namespace Etl.Benchmarks;

/// <summary><c>compare</c>: the pipeline against a bare loop with the same decoder, quantizer and cores, without a
/// graph and a database, against itself with all its telemetry exported, and without libturbojpeg, in turn.</summary>
internal static class Comparison
{
    private const int Rounds = 7;

    /// <param name="arguments">A folder of covers, otherwise drawn ones are used; and the number of movies.</param>
    public static async Task RunAsync(string[] arguments)
    {
        using var catalogues = new Catalogues();
        int movies = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 4_000;
        string[] covers = catalogues.Covers(arguments.FirstOrDefault());
        string[] paths = Link(covers, movies, catalogues);
        catalogues.Create(movies, otherBytes: 0);
        Console.WriteLine($"{movies:#,0} movies over {covers.Length} covers, {Environment.ProcessorCount} cores");

        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync(OtlpReceiver.Grpc);
        await PipelineAsync(catalogues, paths, receiver.Url); // warms all up
        var (bare, pipeline) = (new List<Speed>(), new List<Speed>());
        var (exporting, skia) = (new List<Speed>(), new List<Speed>());
        for (int round = 0; round < Rounds; round++)
        {
            bare.Add(await Speed.OfAsync("bare loop", movies, () => Task.Run(() => Bare(paths))));
            catalogues.Reset();
            pipeline.Add(await Speed.OfAsync("pipeline", movies, () => PipelineAsync(catalogues, paths, export: null)));
            catalogues.Reset();
            exporting.Add(await Speed.OfAsync("exporting", movies, () => PipelineAsync(catalogues, paths, receiver.Url)));
            catalogues.Reset();
            skia.Add(await Speed.OfAsync("by Skia", movies, () => PipelineAsync(catalogues, paths, export: null, TurboJpegUse.Never)));
            Console.WriteLine($"{bare[^1]}   {pipeline[^1]}   {exporting[^1]}   {skia[^1]}");
        }

        Speed.Compare("pipeline against bare loop", pipeline, bare);
        Speed.Compare("exporting against not", exporting, pipeline);
        Speed.Compare("with libturbojpeg against without", pipeline, skia);
    }

    /// <summary>A name for each movie, over and over the same covers.</summary>
    private static string[] Link(string[] covers, int movies, Catalogues catalogues)
    {
        string folder = Directory.CreateDirectory(Path.Combine(catalogues.Folder, "linked")).FullName;
        string[] paths = new string[movies];
        for (int i = 0; i < movies; i++)
        {
            paths[i] = Path.Combine(folder, $"{i:D7}.jpg");
            File.CreateSymbolicLink(paths[i], Path.GetFullPath(covers[i % covers.Length]));
        }

        return paths;
    }

    private static void Bare(string[] paths)
    {
        var decoder = new CoverDecoder(new DecodeOptions());
        var quantizer = new MedianCutQuantizer(colorCount: 6);
        Parallel.ForEach(
            paths,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            path =>
            {
                using ColorHistogram histogram = decoder.Decode(Read(path));
                quantizer.Quantize(histogram);
            });
    }

    private static Cover Read(string path)
    {
        using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(path);
        var data = new NativeBuffer((int)RandomAccess.GetLength(file));
        RandomAccess.Read(file, data.GetSpan(), 0);
        return new Cover(data, new CoverVersion(data.Length, null, null), reservation: null);
    }

    private static async Task PipelineAsync(
        Catalogues catalogues, string[] paths, string? export, TurboJpegUse turboJpeg = TurboJpegUse.Auto)
    {
        var configuration = EtlConfiguration.OfDefaults(
        [
            $"Etl:Query:Database={catalogues.Database}",
            $"Etl:Fetch:Locations:0={Path.Combine(catalogues.Folder, "linked", "{id}.jpg")}",
            "Etl:Fetch:FollowLinks=true",
            $"Etl:Decode:TurboJpeg={turboJpeg}",
        ]);
        var settings = new OtlpSettings(new OpenTelemetryOptions { Endpoint = export }, new Dictionary<string, string>());
        using IHost host = EtlServices.Build(configuration, new ConsoleLog(Terminal.On(TextWriter.Null)), LogEventLevel.Warning, settings);
        using TelemetryExport? exporting = export is null ? null : new TelemetryExport(settings, host.Services);
        RunReport report = await host.Services.GetRequiredService<EtlPipeline>().RunAsync();
        if (report.Written != paths.Length)
        {
            throw new InvalidOperationException($"The pipeline wrote {report.Written} of {paths.Length} palettes.");
        }
    }
}
