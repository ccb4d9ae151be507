#:project ../src/Etl/Etl.csproj
#:property PublishAot=false

// The tutorial's notebook, step by step: dotnet run examples/tutorial.cs demo/movies.db demo/covers
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using PaletteEtl.Catalogue;
using PaletteEtl.Hosting;
using PaletteEtl.Model;
using PaletteEtl.Pipeline;

(string database, string covers) = (args[0], args[1]);
await using ServiceProvider services = new ServiceCollection()
    .AddEtl(etl =>
    {
        etl.Query.Database = database;
        etl.Fetch.Locations = [Path.Combine(covers, "{id}.jpg")];
    })
    .BuildServiceProvider();
PaletteExtractor extractor = services.GetRequiredService<PaletteExtractor>();
long started = Stopwatch.GetTimestamp();

// 1. SELECT id FROM movies WHERE palette_json == ''
string[] paths =
[
    .. services.GetRequiredService<IMovieSource>().ReadMissing(CancellationToken.None)
        .Select(movie => Path.Combine(covers, $"{movie.Id}.jpg")).Where(File.Exists),
];
Step($"{paths.Length} movies without a palette");

// 2. ColorThief(load_image(id)).get_palette(color_count=6)
Step($"one palette: {await PaletteOf(paths[0])}");

// 3. ray.get([get_palette.remote(id) for id in ids[:3]]): each call returns a handle at once
Task<string>[] handles = [.. paths.Take(3).Select(PaletteOf)];
Step($"{handles.Length} handles");
string[] palettes = await Task.WhenAll(handles);
Step($"{palettes.Length} palettes at once");

// 4. all covers in parallel, with a progress bar, written to the database in batches
var progress = new Progress<RunProgress>(now => Console.Error.Write($"\r{now.Report.Written} of {now.Total} "));
RunReport report = await services.GetRequiredService<EtlPipeline>().RunAsync(progress);
Step($"{report.Written} of {report.Read} palettes written. {report.Verdict}");

async Task<string> PaletteOf(string path)
{
    try
    {
        return (await extractor.ExtractFileAsync(path)).ToJson();
    }
    catch (CoverException error)
    {
        return error.Message; // one broken cover ends nothing
    }
}

void Step(string result)
{
    Console.WriteLine($"{Stopwatch.GetElapsedTime(started).TotalSeconds,7:0.000} s  {result}");
    started = Stopwatch.GetTimestamp();
}
