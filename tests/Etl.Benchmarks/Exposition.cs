using System.Globalization;
using System.Runtime.InteropServices;
using Etl.Host.Commands;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using PaletteEtl.Catalogue;
using PaletteEtl.Model;
using PaletteEtl.Pipeline;
using PaletteEtl.Service;
using PaletteEtl.Telemetry;

namespace Etl.Benchmarks;

/// <summary><c>expose</c>: runs one after the other, with every outcome there is, and their metrics for Prometheus, until
/// SIGTERM or SIGINT. The first run meets a locked database and fails.</summary>
internal static class Exposition
{
    private const int Drawn = 60;
    private static readonly TimeSpan Meanwhile = TimeSpan.FromSeconds(2);

    /// <param name="arguments">The port; and the number of movies.</param>
    public static async Task RunAsync(string[] arguments)
    {
        int port = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        int movies = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 2_000;
        using var stop = new CancellationTokenSource();
        using PosixSignalRegistration terminate = StopOn(PosixSignal.SIGTERM, stop);
        using PosixSignalRegistration interrupt = StopOn(PosixSignal.SIGINT, stop);

        using var catalogues = new Catalogues();
        string drawn = Path.Combine(catalogues.Folder, "drawn");
        DemoFolder.Create(drawn, Drawn);
        catalogues.Create(movies, otherBytes: 0);
        using var server = new CoverServer(Directory.EnumerateFiles(Path.Combine(drawn, "covers")));
        await using ServiceProvider services = catalogues.Services(
            new("Etl:Fetch:Locations:0", server.Location), new("Etl:Write:BusyTimeout", "00:00:02"));
        using MeterProvider metrics = Expose(port);

        EtlPipeline pipeline = services.GetRequiredService<EtlPipeline>();
        services.GetRequiredService<EtlMetrics>().RefreshProgressed(new RefreshGauges(Pending: movies, Outdated: movies / 2));
        services.GetRequiredService<EtlMetrics>().ServiceStarted(Gauges(movies));
        await FailAsync(catalogues, pipeline, stop.Token);
        while (!stop.IsCancellationRequested)
        {
            Task<RunReport> run = pipeline.RunAsync(aborting: stop.Token);
            await Task.WhenAny(run, Task.Delay(Meanwhile, stop.Token));
            Execute(catalogues, "UPDATE movies SET palette_json = '[]' WHERE palette_json IS NULL AND rowid % 40 = 0");
            await run;

            // Half of what failed for good fails anew in the next run; the other half is skipped.
            Execute(catalogues, "UPDATE movies SET palette_json = NULL; DELETE FROM etl_dead_letters WHERE rowid % 2 = 0");
        }
    }

    /// <summary>The gauges of a service, which this program is not.</summary>
    private static ServiceGauges Gauges(int movies) => new(
        () => new CatalogueGauges(
            [("complete", movies - 2), ("pending", 1), ("failed", 1), ("unreadable", 0)], [(FailureReason.Forbidden, 1)], TimeSpan.FromSeconds(1)),
        static () => "running",
        [.. Enum.GetNames<ServiceState>().Select(static state => state.ToLowerInvariant())],
        static () => [("database", true), ("covers", true)]);

    private static MeterProvider Expose(int port)
    {
        MeterProvider metrics = Sdk.CreateMeterProviderBuilder()
            .AddMeter(EtlTelemetry.MeterName, "System.Net.Http", "System.Runtime")
            .AddPrometheusHttpListener(options => (options.Host, options.Port) = ("127.0.0.1", port))
            .Build();
        Console.WriteLine($"http://127.0.0.1:{port}/metrics");
        return metrics;
    }

    /// <summary>A run that finds the database locked by another program.</summary>
    private static async Task FailAsync(Catalogues catalogues, EtlPipeline pipeline, CancellationToken stop)
    {
        using SqliteConnection other = catalogues.Open();
        Task<RunReport> run = pipeline.RunAsync(aborting: stop);
        await Task.Delay(TimeSpan.FromMilliseconds(500), CancellationToken.None);
        using SqliteTransaction locked = other.BeginTransaction();
        try
        {
            await run;
        }
        catch (CatalogueException error)
        {
            Console.WriteLine($"As it should: {error.Message}");
        }
    }

    private static void Execute(Catalogues catalogues, string sql)
    {
        using SqliteConnection connection = catalogues.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static PosixSignalRegistration StopOn(PosixSignal signal, CancellationTokenSource stop) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            stop.Cancel();
        });
}
