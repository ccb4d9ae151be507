using System.Diagnostics;
using System.Globalization;
using Etl.Decode;
using Etl.Fetch;
using Etl.Pipeline;
using Etl.Quantize;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Etl.Benchmarks;

/// <summary><c>compare</c>: the pipeline against a bare loop with the same decoder, quantizer and cores, without a
/// graph and a database, in turn.</summary>
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

        await PipelineAsync(catalogues, paths); // warms both up
        var ratios = new List<double>();
        for (int round = 0; round < Rounds; round++)
        {
            catalogues.Reset();
            TimeSpan before = Environment.CpuUsage.TotalTime;
            double bare = Bare(paths);
            TimeSpan between = Environment.CpuUsage.TotalTime;
            double pipeline = await PipelineAsync(catalogues, paths);
            TimeSpan after = Environment.CpuUsage.TotalTime;
            ratios.Add(pipeline / bare);
            Console.WriteLine(
                $"bare loop {bare,7:0.0} covers/s {(between - before).TotalMilliseconds / movies,6:0.00} ms CPU a cover   "
                + $"pipeline {pipeline,7:0.0} covers/s {(after - between).TotalMilliseconds / movies,6:0.00} ms   ratio {pipeline / bare:0.000}");
        }

        ratios.Sort();
        Console.WriteLine($"ratio, median of {Rounds}: {ratios[Rounds / 2]:0.000} (least {ratios[0]:0.000}, most {ratios[^1]:0.000})");
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

    private static double Bare(string[] paths)
    {
        var decoder = new CoverDecoder(new DecodeOptions());
        var quantizer = new MedianCutQuantizer(colorCount: 6);
        long started = Stopwatch.GetTimestamp();
        Parallel.ForEach(
            paths,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            path =>
            {
                using ColorHistogram histogram = decoder.Decode(Read(path));
                quantizer.Quantize(histogram);
            });
        return paths.Length / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static Cover Read(string path)
    {
        using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(path);
        var data = new NativeBuffer((int)RandomAccess.GetLength(file));
        RandomAccess.Read(file, data.GetSpan(), 0);
        return new Cover(data, new CoverVersion(data.Length, null, null), reservation: null);
    }

    private static async Task<double> PipelineAsync(Catalogues catalogues, string[] paths)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Etl:Query:Database"] = catalogues.Database,
            ["Etl:Fetch:Locations:0"] = Path.Combine(catalogues.Folder, "linked", "{id}.jpg"),
            ["Etl:Fetch:FollowLinks"] = "true",
        }).Build();
        await using ServiceProvider services = new ServiceCollection().AddEtl(configuration).BuildServiceProvider();
        long started = Stopwatch.GetTimestamp();
        RunReport report = await services.GetRequiredService<EtlPipeline>().RunAsync();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        return report.Written == paths.Length
            ? paths.Length / elapsed.TotalSeconds
            : throw new InvalidOperationException($"The pipeline wrote {report.Written} of {paths.Length} palettes.");
    }
}
