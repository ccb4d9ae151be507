using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Pipeline;

namespace Etl.Host.Run;

/// <summary>Has a second core load and compile what every run needs, while the first one reads the configuration: without it
/// a run of nothing takes a quarter longer.</summary>
internal static class Warmup
{
    private static readonly KeyValuePair<string, string?>[] Settings =
        [new("Etl:Query:Database", "movies.db"), new("Etl:Fetch:Locations:0", "{id}")]; // which nothing opens

    /// <summary>Starts it, on a machine that has a second core. To be awaited by none: a problem is the run's to meet.</summary>
    public static Task StartAsync() => Environment.ProcessorCount > 1 ? Task.Run(Run) : Task.CompletedTask;

    internal static void Run()
    {
        CatalogueDatabase.WarmUp();
        CreateGraph();
    }

    private static void CreateGraph()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection(Settings).Build();
        using ServiceProvider services = new ServiceCollection()
            .AddSingleton<IMeterFactory, UnheardMeters>()
            .AddEtl(configuration)
            .BuildServiceProvider();
        using var abort = new RunAbort(CancellationToken.None);
        EtlRun run = services.GetRequiredService<EtlPipeline>().CreateRun();
        services.GetRequiredService<IExtraction>().Create(run, abort).Complete();
    }

    /// <summary>Meters of a name that nobody listens to.</summary>
    private sealed class UnheardMeters : IMeterFactory
    {
        private readonly List<Meter> _meters = [];

        public Meter Create(MeterOptions options)
        {
            var meter = new Meter(nameof(Warmup));
            _meters.Add(meter);
            return meter;
        }

        public void Dispose() => _meters.ForEach(static meter => meter.Dispose());
    }
}
