using Etl.Host.Configuration;
using Etl.Host.Recovery;
using Etl.Host.Run;
using Etl.Host.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using PaletteEtl.Pipeline;
using Serilog.Events;

namespace Etl.Host.Bench;

/// <summary>The whole pipeline, as <c>etl run</c> has it, on a temporary catalogue.</summary>
internal static class PipelineRun
{
    /// <param name="settings">The settings that differ from the defaults.</param>
    /// <param name="folder">The covers; the catalogue is made anew.</param>
    /// <param name="passes">Number of movies for each cover.</param>
    /// <param name="export">The telemetry to export; null for none.</param>
    /// <param name="stopping">Ends the run.</param>
    public static async Task<Speed> MeasureAsync(
        IReadOnlyList<string> settings, BenchFolder folder, int passes, OtlpSettings? export, CancellationToken stopping)
    {
        int movies = passes * folder.Covers.Count;
        folder.CreateCatalogue(movies);
        var configuration = EtlConfiguration.OfDefaults(
            [$"Etl:Query:Database={folder.Database}", $"Etl:Fetch:Locations:0={folder.Location}", .. settings]);
        using ServiceProvider services = EtlServices.Build(
            configuration,
            new ConsoleLog(Terminal.On(TextWriter.Null)),
            LogEventLevel.Fatal,
            export,
            CrashRecovery.AddTo);
        CrashRecovery.Begin(services);
        using var growth = new ThreadPoolGrowth(configuration.Options, TimeProvider.System);
        EtlPipeline pipeline = services.GetRequiredService<EtlPipeline>();
        return await Speed.OfAsync(movies, async () =>
        {
            using TelemetryExport? exporting = export is null ? null : new TelemetryExport(export, services);
            RunReport report = await pipeline.RunAsync(stopping, stopping);
            stopping.ThrowIfCancellationRequested();
            if (report.Written != movies)
            {
                throw new UserException(
                    ExitCodes.Failed, $"The pipeline wrote {report.Written} of {movies} palettes: {report.DeadLetters} covers failed.");
            }
        });
    }
}
