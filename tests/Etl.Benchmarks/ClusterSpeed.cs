using System.Globalization;
using Etl.Cluster;
using Etl.Cluster.Coordinator;
using Etl.Cluster.Workers;
using Etl.Host.Bench;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PaletteEtl.Hosting;
using PaletteEtl.Pipeline;
using PaletteEtl.Telemetry;

namespace Etl.Benchmarks;

/// <summary><c>coordinate</c> and <c>work</c>: what a movie costs on its way through a broker, when its palette costs nothing.</summary>
internal static class ClusterSpeed
{
    private const int Rounds = 5;

    /// <param name="arguments">The broker, and the number of movies; the password is in <c>Etl__Cluster__Password</c>.</param>
    public static async Task CoordinateAsync(string[] arguments)
    {
        int movies = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        using var catalogues = new Catalogues();
        catalogues.Create(movies, otherBytes: 0);
        for (int round = 0; round < Rounds; round++)
        {
            catalogues.Reset();
            ServiceProvider services = Coordinator(arguments[0], catalogues);
            await using (services)
            {
                Speed speed = await Speed.OfAsync(movies, () => services.GetRequiredService<EtlPipeline>().RunAsync());
                Console.WriteLine($"{speed.CoversPerSecond:#,0} movies a second, {speed.CpuMilliseconds * 1_000:0.0} µs of CPU a movie in this process");
            }
        }
    }

    /// <param name="arguments">The broker.</param>
    public static async Task WorkAsync(string[] arguments)
    {
        using var ended = new CancellationTokenSource();
        Console.CancelKeyPress += (_, key) =>
        {
            key.Cancel = true;
            ended.Cancel();
        };
        await WorkAsync(arguments[0], new ZeroCostExtraction(), ended.Token);
        Console.WriteLine($"worker: {Environment.CpuUsage.TotalTime.TotalSeconds:0.0} s of CPU");
    }

    /// <summary>A worker until it is ended.</summary>
    public static async Task WorkAsync(string broker, IExtraction extraction, CancellationToken ended)
    {
        ClusterOptions cluster = OptionsOf(broker);
        using ServiceProvider services = new ServiceCollection().AddEtl(new ConfigurationBuilder().Build()).BuildServiceProvider();
        using var abort = new RunAbort(CancellationToken.None);
        var monitor = new WorkerMonitor("benchmark", ProgramVersion.Number, TimeProvider.System);
        using var extractor = new WorkExtractor(
            (_, _) => extraction,
            services.GetRequiredService<IOptions<EtlOptions>>(),
            cluster.Prefetch,
            monitor,
            services.GetRequiredService<EtlMetrics>(),
            TimeProvider.System,
            abort,
            NullLogger.Instance);
        using var worker = new Worker(
            cluster, extractor, static _ => Task.FromResult<string?>(null), monitor, new ClusterState(), abort, TimeProvider.System, NullLogger.Instance);
        await worker.RunAsync(ended);
    }

    /// <summary>The services of a pipeline whose palettes are made by workers.</summary>
    public static ServiceProvider Coordinator(string broker, Catalogues catalogues)
    {
        var services = new ServiceCollection();
        return services
            .AddEtl(
                new ConfigurationBuilder().AddInMemoryCollection([new("Etl:Query:Database", catalogues.Database)]).Build(),
                etl => etl.AddCluster(services, OptionsOf(broker), new CatalogueClaim(static () => null, "benchmark", Waits: true)))
            .BuildServiceProvider();
    }

    private static ClusterOptions OptionsOf(string broker) =>
        new() { Broker = broker, Password = Environment.GetEnvironmentVariable("Etl__Cluster__Password") };
}
