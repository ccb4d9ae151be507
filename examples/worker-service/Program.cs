// A generic host that keeps a catalogue complete until it is stopped: Ctrl+C drains, and Etl:DrainTimeout bounds the drain.
// dotnet run --project examples/worker-service -- --Etl:Query:Database=demo/movies.db --Etl:Fetch:Locations:0=demo/covers/{id}.jpg
using PaletteEtl.Hosting;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Services.AddEtl(builder.Configuration).AddEtlService();
await builder.Build().RunAsync();
