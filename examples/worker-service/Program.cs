// A generic host that keeps a catalogue complete until it is stopped: Ctrl+C drains, and Etl:DrainTimeout bounds the drain.
// dotnet run --project examples/worker-service -- --Etl:Query:Database=demo/movies.db --Etl:Fetch:Locations:0=demo/covers/{id}.jpg
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PaletteEtl.Hosting;
using WorkerService;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Services.AddEtl(builder.Configuration).AddEtlService();
builder.Services.AddHealthChecks().AddEtlHealthCheck();
builder.Services.AddSingleton<IHealthCheckPublisher, HealthLog>();
await builder.Build().RunAsync();
