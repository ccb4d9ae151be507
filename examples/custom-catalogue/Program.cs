// A run over a store of one's own, without a database: dotnet run --project examples/custom-catalogue movies.json covers
using CustomCatalogue;
using Microsoft.Extensions.DependencyInjection;
using PaletteEtl.Hosting;
using PaletteEtl.Pipeline;

var catalogue = new JsonCatalogue(args[0]);
await using ServiceProvider services = new ServiceCollection()
    .AddEtl(
        options => options.Fetch.Locations = [Path.Combine(args[1], "{id}.jpg")],
        etl =>
        {
            etl.Movies.Use(_ => catalogue);
            etl.Sink.Use(_ => catalogue);
        })
    .BuildServiceProvider();
RunReport report = await services.GetRequiredService<EtlPipeline>().RunAsync();
Console.WriteLine($"{report.Written} of {report.Read} palettes written. {report.Verdict}");
