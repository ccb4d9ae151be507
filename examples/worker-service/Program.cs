// A generic host that fills in missing palettes until it is stopped: Ctrl+C drains, and Etl:DrainTimeout bounds the drain.
// dotnet run --project examples/worker-service -- --Etl:Query:Database=demo/movies.db --Etl:Fetch:Locations:0=demo/covers/{id}.jpg
using PaletteEtl.Hosting;
using WorkerService;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Services.AddEtl(builder.Configuration);
builder.Services.AddHostedService<PaletteWorker>();
await builder.Build().RunAsync();
